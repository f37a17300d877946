'use strict';
const form = document.querySelector('form');
const filter = document.getElementById('filter');
const shown = form.querySelector('output');
const nothing = document.querySelector('.nothing');
const boxes = [...form.querySelectorAll('input[type=checkbox]')];
const folders = [...document.querySelectorAll('.folder')].reverse();
const rows = [...document.querySelectorAll('.row')].map((row) => ({ row, text: row.textContent.toLowerCase() }));
const apply = () => {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  const states = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  let number = 0;
  for (const { row, text } of rows) {
    row.hidden = !states.has(row.dataset.state) || !words.every((word) => text.includes(word));
    number += row.hidden ? 0 : 1;
  }
  for (const folder of folders) {
    folder.hidden = !folder.querySelector('.row:not([hidden])');
    if (words.length) folder.querySelector('details').open = true;
  }
  shown.textContent = `${number} of ${rows.length}`;
  nothing.hidden = number > 0 || rows.length === 0;
};
form.hidden = false;
form.addEventListener('input', apply);
form.addEventListener('submit', (event) => event.preventDefault());
for (const button of form.querySelectorAll('button')) {
  button.addEventListener('click', () => {
    for (const folder of folders) folder.querySelector('details').open = button.dataset.open === 'true';
  });
}
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && event.target !== filter) {
    event.preventDefault();
    filter.focus();
  } else if (event.key === 'Escape' && event.target === filter) {
    filter.value = '';
    apply();
  }
});
apply();
