// Fernlight's own script: a basket that lives in this tab, and the places on each page that show it.
// All wording stays in the pages; this file knows pieces, prices and counts.

const PIECES = {
  mug: { price: 18, name: { en: 'Everyday mug', fr: 'Tasse de tous les jours' } },
  bowl: { price: 24.5, name: { en: 'Noodle bowl', fr: 'Bol à nouilles' } },
  plate: { price: 24, name: { en: 'Supper plate', fr: 'Assiette du soir' } },
  jug: { price: 38, name: { en: 'Morning jug', fr: 'Pichet du matin' } },
  teapot: { price: 64, name: { en: 'Teapot for two', fr: 'Théière pour deux' } },
  vase: { price: 16, name: { en: 'Bud vase', fr: 'Soliflore' } },
};
const SAMPLE_BASKET = { mug: 2, bowl: 1, plate: 1 };
const FREE_DELIVERY_FROM = 80;
const DELIVERY = 6.5;

const language = document.documentElement.lang;
const money = new Intl.NumberFormat(language, { style: 'currency', currency: 'EUR' });
const find = (selector, within = document) => within.querySelector(selector);
const recall = (key) => JSON.parse(sessionStorage.getItem(key));
const keep = (key, value) => sessionStorage.setItem(key, JSON.stringify(value));

const order = document.body.dataset.page === 'done' ? recall('order') : null;
const basket = order?.basket ?? recall('basket') ?? { ...SAMPLE_BASKET };

const goods = () => Object.entries(basket).reduce((sum, [piece, count]) => sum + PIECES[piece].price * count, 0);
const items = () => Object.values(basket).reduce((sum, count) => sum + count, 0);
const deliveryFor = (value) => (value === 0 || value >= FREE_DELIVERY_FROM ? 0 : DELIVERY);
const nameOf = (piece) => PIECES[piece].name[language] ?? PIECES[piece].name.en;

function showLine([piece, count]) {
  const line = find('#line').content.cloneNode(true);
  find('img', line).src = new URL(`pictures/${piece}.svg`, import.meta.url);
  find('[data-name]', line).textContent = nameOf(piece);
  find('[data-each]', line).textContent = money.format(PIECES[piece].price);
  find('[data-line-total]', line).textContent = money.format(PIECES[piece].price * count);
  for (const part of line.querySelectorAll('[data-piece]')) part.dataset.piece = piece;
  for (const label of line.querySelectorAll('[data-of]')) label.textContent = nameOf(piece);
  const quantity = find('input', line) ?? find('[data-count]', line);
  if (quantity.matches('input')) quantity.value = count;
  else quantity.textContent = count;
  return line;
}

function showSums() {
  const value = goods();
  const delivery = deliveryFor(value);
  const free = find('[data-delivery]').dataset.free;
  find('[data-goods]').textContent = money.format(value);
  find('[data-delivery]').textContent = delivery ? money.format(delivery) : free;
  find('[data-total]').textContent = money.format(value + delivery);
  for (const part of document.querySelectorAll('[data-if-empty]')) part.hidden = items() > 0;
  for (const part of document.querySelectorAll('[data-if-filled]')) part.hidden = items() === 0;
  if (!order) hark('set', { cart_value: value });
}

function showCount() {
  for (const place of document.querySelectorAll('[data-items]')) place.textContent = items();
}

function change(piece, count) {
  if (count > 0) basket[piece] = count;
  else delete basket[piece];
  keep('basket', basket);
  showCount();
}

function addPiece(form) {
  const piece = form.dataset.add || new FormData(form).get('piece');
  const count = Number(find('[type="number"]', form)?.value ?? 1);
  change(piece, (basket[piece] ?? 0) + count);
  const note = find('.note');
  note.textContent = note.dataset.added;
  setTimeout(() => note.replaceChildren(), 4000);
  hark('event', 'added_to_basket', { piece, count });
}

function placeOrder(form) {
  keep('order', { basket, told: false });
  keep('basket', {});
  location.assign(form.action);
}

function showPiece(piece) {
  find('[data-price]').textContent = money.format(PIECES[piece].price);
  const picture = find('.piece > img');
  picture.src = new URL(`pictures/${piece}.svg`, import.meta.url);
  picture.alt = nameOf(piece);
}

document.addEventListener('submit', (event) => {
  const act = event.target.matches('[data-order]') ? placeOrder : addPiece;
  event.preventDefault();
  act(event.target);
});

document.addEventListener('change', ({ target }) => {
  if (target.name === 'piece') return showPiece(target.value);
  if (!target.matches('[data-piece]')) return;
  const count = Math.max(1, Math.round(Number(target.value)) || 1);
  target.value = count;
  change(target.dataset.piece, count);
  find('[data-line-total]', target.closest('li')).textContent = money.format(PIECES[target.dataset.piece].price * count);
  showSums();
});

document.addEventListener('click', ({ target }) => {
  if (target.matches('[data-remove]')) {
    change(target.dataset.piece, 0);
    target.closest('li').remove();
    showSums();
    find('h1').focus();
  } else if (target.matches('[data-fill]')) {
    for (const field of document.querySelectorAll('[data-sample]')) field.value = field.dataset.sample;
  }
});

showCount();
if (find('#line')) {
  find('.lines').append(...Object.entries(basket).map(showLine));
  showSums();
}
const asked = new URLSearchParams(location.search).get('piece');
const choice = asked in PIECES && find(`[name="piece"][value="${asked}"]`);
if (choice) {
  choice.checked = true;
  showPiece(asked);
}
if (order && !order.told) {
  hark('event', 'purchase', { value: goods(), currency: 'EUR', items: items() });
  keep('order', { ...order, told: true });
}
