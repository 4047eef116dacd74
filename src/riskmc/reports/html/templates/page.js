
(() => {
  const root = document.documentElement, byId = name => document.getElementById(name), all = what => [...document.querySelectorAll(what)];
  const theme = byId("theme"), numbers = byId("numbers"), folded = all("details");
  const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  theme.hidden = false;
  theme.onclick = () => { root.dataset.theme = dark() ? "light" : "dark" };
  numbers.hidden = folded.length === 0;
  numbers.onclick = () => {
    const open = numbers.getAttribute("aria-pressed") !== "true";
    folded.forEach(each => { each.open = open });
    numbers.setAttribute("aria-pressed", open);
  };

  const valueOf = cell => cell.dataset.v ?? cell.textContent.trim();
  const compare = (one, other) => one === "" || other === "" ? 0 : isNaN(one) || isNaN(other) ? one.localeCompare(other) : one - other;
  const sort = (table, heading, place, first) => {
    const next = { ascending: "descending", descending: "" }[heading.getAttribute("aria-sort")] ?? "ascending";
    const rows = [...first], way = next === "descending" ? -1 : 1;
    const blanks = row => valueOf(row.cells[place]) === "" ? 1 : 0;
    if (next) rows.sort((a, b) => blanks(a) - blanks(b) || way * compare(valueOf(a.cells[place]), valueOf(b.cells[place])));
    table.querySelectorAll("th[aria-sort]").forEach(each => each.removeAttribute("aria-sort"));
    if (next) heading.setAttribute("aria-sort", next);
    table.tBodies[0].append(...rows);
  };
  all("table[data-sortable]").forEach(table => {
    const first = [...table.tBodies[0].rows];
    [...table.tHead.rows[0].cells].forEach((heading, place) => {
      if (heading.tagName !== "TH") return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.onclick = () => sort(table, heading, place, first);
      heading.append(button);
    });
  });

  const rooms = all("[tabindex='0']");
  const reached = new ResizeObserver(changed => changed.forEach(({ target }) => {
    target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  }));
  rooms.forEach(room => reached.observe(room));

  const links = new Map(all("nav a").map(link => [link.hash.slice(1), link])), seen = new Set();
  const watched = new IntersectionObserver(changed => {
    changed.forEach(({ target, isIntersecting }) => isIntersecting ? seen.add(target.id) : seen.delete(target.id));
    const here = [...links.keys()].find(name => seen.has(name));
    links.forEach((link, name) => name === here ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"));
  });
  links.forEach((_, name) => watched.observe(byId(name)));
})();
