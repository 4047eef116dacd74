"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const knobs = [...document.querySelectorAll("[data-key]")];
  const answer = find("answer");
  const LOCALE = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const PATIENCE = 400;  // milliseconds after which an answer is waited for in words
  let busy = false, again = false, since = 0;

  const value = (knob) => (knob.type === "checkbox" ? (knob.checked ? "on" : "off") : knob.value);
  const isTurned = (knob) => value(knob) !== knob.dataset.start;
  const said = (knob) => (knob.type === "checkbox" ? knob.checked : knob.dataset.unit === "%" ? `${knob.value}%` : knob.type === "range" ? Number(knob.value) : knob.value);
  const changes = () => Object.fromEntries(knobs.filter(isTurned).map((knob) => [knob.dataset.key, said(knob)]));

  function label(knob) {
    const box = knob.closest(".knob"), out = box.querySelector("output");
    box.classList.toggle("turned", isTurned(knob));
    if (!out) return;
    const told = (text) => Number(text).toLocaleString(LOCALE) + knob.dataset.unit;
    out.textContent = isTurned(knob) ? document.body.dataset.was.replace("{now}", told(knob.value)).replace("{before}", told(knob.dataset.start)) : told(knob.value);
  }

  async function ask(address, body) {
    const got = await fetch(address, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    return got.json();
  }

  function stand(fields) {
    for (const knob of knobs.filter((one) => one.dataset.key in fields)) {
      const start = fields[knob.dataset.key];
      if (!isTurned(knob)) knob.value = start;
      knob.dataset.start = start;
      label(knob);
    }
  }

  async function follow() {
    if (busy) { again = true; return; }
    busy = true;
    answer.setAttribute("aria-busy", "true");
    const waiting = setTimeout(() => { find("busy").hidden = false; }, PATIENCE);
    do {
      again = false;
      const began = since;
      try {
        const found = await ask("answer", { changes: changes() });
        find("fault").textContent = found.fault || "";
        if (!found.fault) {
          answer.innerHTML = found.panel;
          if (!again) stand(found.fields);
          if (!again) find("said").textContent = found.lead;
          requestAnimationFrame(() => setTimeout(() => { answer.dataset.milliseconds = String(Math.round(performance.now() - began)); }));
        }
      } catch {
        find("fault").textContent = document.body.dataset.ended;
      }
    } while (again);
    busy = false;
    clearTimeout(waiting);
    find("busy").hidden = true;
    answer.removeAttribute("aria-busy");
  }

  function turned(event) {
    since = performance.now();
    label(event.target);
    follow();
  }

  for (const knob of knobs) {
    knob.dataset.start = value(knob);
    knob.addEventListener(knob.type === "range" ? "input" : "change", turned);
    label(knob);
  }
  find("reset").addEventListener("click", () => {
    for (const knob of knobs) {
      if (knob.type === "checkbox") knob.checked = knob.dataset.start === "on";
      else knob.value = knob.dataset.start;
      label(knob);
    }
    since = performance.now();
    follow();
  });
  find("knobs").addEventListener("submit", async (event) => {
    event.preventDefault();
    const told = find("kept");
    let found;
    try {
      found = await ask("keep", { changes: changes(), name: find("name").value.trim() });
    } catch {
      found = { fault: document.body.dataset.ended };
    }
    told.classList.toggle("fault", Boolean(found.fault));
    told.textContent = found.fault || found.kept;
  });
  find("theme").addEventListener("click", (event) => {
    const chosen = document.documentElement.dataset.jpThemeLight;
    const dark = chosen ? chosen === "true" : !matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.jpThemeLight = dark ? "false" : "true";
    event.target.setAttribute("aria-pressed", String(dark));
  });
  if (matchMedia("(prefers-color-scheme: dark)").matches) find("theme").setAttribute("aria-pressed", "true");
})();
