// What the browser tells about a document: other pages reached inside it, and signs of life.

import { guard, listen } from './guard';

/** Pages that are reached without loading a document: another path. A query is a filter or a position, a hash an anchor. */
export const watchHistory = (arrive: () => void): void => {
  // Routers pass relative, absolute and no addresses, so the location says where we are, never the argument.
  const look = () => location.pathname.replace(/\/+$/, '');
  let path = look();
  const moved = guard(() => {
    const before = path;
    path = look();
    if (path !== before) arrive();
  });
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    history[name] = function (...args) {
      const result = original.apply(this, args);
      moved();
      return result;
    };
  }
  listen('popstate', moved);
};

export const watchSigns = (sign: () => void): void => {
  listen('pointerdown keydown wheel touchstart touchmove click', sign);
  listen<PointerEvent>('pointermove', ({ movementX, movementY }) => {
    // Some browsers report a move when the page moved under the pointer.
    if (movementX || movementY) sign();
  });
  listen('scroll', ({ target }) => {
    // A carousel scrolls by itself; a person who scrolls an element uses wheel, finger or key.
    if (target === document) sign();
  });
  listen('timeupdate', ({ target }) => {
    const { muted, loop } = target as HTMLMediaElement;
    // A silent film that runs in circles is decoration.
    if (!muted || !loop) sign();
  });
};
