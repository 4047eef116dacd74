(() => {
  const root = document.documentElement, byId = name => document.getElementById(name);
  const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = byId("theme"), numbers = byId("numbers"), all = [...document.querySelectorAll("details")];
  theme.hidden = false;
  theme.onclick = () => { root.dataset.theme = dark() ? "light" : "dark" };
  numbers.hidden = all.length === 0;
  numbers.onclick = () => {
    const open = numbers.getAttribute("aria-pressed") !== "true";
    all.forEach(each => { each.open = open });
    numbers.setAttribute("aria-pressed", open);
  };
})();
