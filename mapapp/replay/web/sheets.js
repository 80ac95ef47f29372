/* Sheets over the page: the records that are not shown and why, and what the map is made of. */
mapapp.sheets = (data, phrases) => {
  const { make, said, find, icon } = mapapp.dom;
  const { about } = data;
  const CLOSE = "M6 6L18 18M18 6L6 18";
  const COLUMNS = { file: "File", record: "Record", field: "Field", reason: "Why it is not shown" };

  function sheet(id, title, ...content) {
    const dialog = find(id);
    const onclick = () => dialog.close();
    const close = make("button", { type: "button", class: "close", "aria-label": "Close", onclick }, icon(CLOSE));
    dialog.append(make("header", {}, make("h2", { id: `${id}-title` }, title), close), ...content);
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    return () => dialog.showModal();
  }

  function table(rows) {
    const heads = Object.values(COLUMNS).map((label) => make("th", { scope: "col" }, label));
    const cells = (row) => Object.keys(COLUMNS).map((name) => make("td", {}, said(row[name])));
    const body = rows.map((row) => make("tr", {}, cells(row)));
    return make(
      "div",
      { class: "scroll", tabindex: "0" },
      make("table", {}, make("thead", {}, make("tr", {}, heads)), make("tbody", {}, body)),
    );
  }

  const fact = (name, value) => (value ? [make("dt", {}, name), make("dd", {}, said(value))] : []);
  function facts() {
    return make(
      "dl",
      {},
      fact("Title", about.title),
      fact("Organisation", about.organisation),
      fact("Sharing level", about.tlp && `TLP:${about.tlp}`),
      fact("Withheld", about.withheld),
      fact("Licence", about.licence),
      fact("Sources cited", String(data.sources.length)),
      fact("Data digest (SHA-256)", about.digest),
    );
  }
  const credits = [...about.credits, "Drawn with Leaflet (BSD-2-Clause)"];

  return {
    notShown: sheet("not-shown", `${phrases.plural(about.not_shown, "record")} not shown`, table(data.not_shown)),
    about: sheet(
      "about",
      "About this map",
      make("p", {}, said(about.disclaimer)),
      facts(),
      make("h3", {}, "Credits"),
      make("ul", {}, credits.map((credit) => make("li", {}, said(credit)))),
    ),
  };
};
