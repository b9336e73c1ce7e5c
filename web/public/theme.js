// Runs before the first paint, so that a person who chose light never sees a dark flash.
(() => {
  const root = document.documentElement;
  root.setAttribute("data-mantine-color-scheme", "dark");
  try {
    const known = JSON.parse(localStorage.getItem("tilik.preferences") ?? "{}");
    if (known.theme === "light") root.setAttribute("data-mantine-color-scheme", "light");
    if (known.language === "en") root.lang = "en";
  } catch {
    // Storage is closed or holds something else: dark and Indonesian are the defaults.
  }
})();
