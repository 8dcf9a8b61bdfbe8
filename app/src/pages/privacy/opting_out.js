// The mark that the tracker looks for; tracker/README.md promises its name. A browser that keeps nothing gets no button.
const mark = 'pulseOptOut';
const part = document.getElementById('opt-out');
const [button, said] = part.children;
const show = () => {
  const out = localStorage.getItem(mark) !== null;
  button.textContent = out ? 'Record my visits again' : 'Do not record my visits to this site';
  said.textContent = out ? 'This browser is not recorded on this site.' : '';
  return out;
};
try {
  show();
  part.hidden = false;
  button.onclick = () => {
    if (show()) localStorage.removeItem(mark);
    else localStorage.setItem(mark, 'opted out');
    show();
  };
} catch {}
