// The demo site's own behaviour. Nothing here is part of the tracker.
const rooms = document.getElementById('rooms');
if (rooms) {
  const show = (room) => {
    for (const lamp of rooms.querySelectorAll('[data-room]')) lamp.hidden = room !== '' && lamp.dataset.room !== room;
    for (const tab of rooms.querySelectorAll('nav a')) {
      if (tab.dataset.tab === room) tab.setAttribute('aria-current', 'page');
      else tab.removeAttribute('aria-current');
    }
  };
  rooms.querySelector('nav').addEventListener('click', (event) => {
    const tab = event.target.closest('a');
    if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (tab.pathname === location.pathname) return;
    history.pushState(null, '', tab.pathname);
    document.title = tab.dataset.title;
    show(tab.dataset.tab);
  });
  addEventListener('popstate', () => {
    const tab = [...rooms.querySelectorAll('nav a')].find((tab) => tab.pathname === location.pathname);
    if (!tab) return;
    document.title = tab.dataset.title;
    show(tab.dataset.tab);
  });
}

const contact = document.getElementById('contact');
if (contact) {
  contact.addEventListener('submit', (event) => {
    event.preventDefault();
    contact.reset();
    document.getElementById('contact-answer').textContent = 'Thank you. In a real shop your message would be with us now.';
  });
}

const configure = document.getElementById('configure');
if (configure) {
  const { lamp, wood, cable } = configure.elements;
  const price = () => +lamp.selectedOptions[0].dataset.price + +wood.selectedOptions[0].dataset.price;
  configure.addEventListener('input', () => (document.getElementById('price').textContent = `${price()} €`));
  configure.addEventListener('submit', (event) => event.preventDefault());
  document.getElementById('configured').addEventListener('click', () => {
    if (!configure.reportValidity()) return;
    window.pulse('lamp_configured', { lamp: lamp.value, wood: wood.value, cable: +cable.value, price: price() });
    document.getElementById('configure-answer').textContent = `Kept: ${lamp.selectedOptions[0].text}, ${price()} €.`;
  });
}

// What the owner of a site may offer its visitors: a code to name when something went wrong, and a way out.
const reference = document.getElementById('reference');
const code = reference && window.pulse.reference?.();
if (code) reference.textContent = code;

const optOut = document.getElementById('opt-out');
const done = document.getElementById('opt-out-done');
let isOut = false;
try {
  isOut = !!localStorage.pulseOptOut;
} catch {
  // Nothing can be remembered here; the button works for this page all the same.
}
const say = () => {
  optOut.textContent = isOut ? 'Record my visits again' : 'Do not record my visits';
};
say();
optOut.addEventListener('click', () => {
  isOut = !isOut;
  if (isOut) window.pulse.optOut?.();
  else window.pulse.optIn?.();
  done.textContent = isOut ? 'This browser is not recorded any more.' : 'This browser is recorded again.';
  say();
});
