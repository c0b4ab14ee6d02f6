// Shows the dialogues that have every word that is typed. Without this script the list is whole.
(() => {
  const box = document.getElementById("zoek");
  if (!box) return;
  const field = box.querySelector("input");
  const told = box.querySelector("[role=status]");
  const rows = [...document.querySelectorAll("[data-woorden]")];
  const groups = [...document.querySelectorAll("[data-groep]")];
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const show = () => {
    const asked = plain(field.value).match(/[\p{L}\p{N}_]+/gu) || [];
    let found = 0;
    for (const row of rows) {
      row.hidden = !asked.every((word) => row.dataset.woorden.includes(word));
      found += row.hidden ? 0 : 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-woorden]:not([hidden])");
    const { geen, een, veel } = box.dataset;
    told.textContent = !asked.length ? "" : !found ? geen : found === 1 ? een : veel.replace("#", found);
  };
  field.addEventListener("input", show);
  box.hidden = false;
  show();
})();
