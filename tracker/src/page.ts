// What the browser tells about a document: other pages reached inside it, and signs of life.

import { config } from './config';
import { changed } from './friction';
import { guard, listen } from './guard';
import { arrive, sign } from './views';

/**
 * Pages that are reached without loading a document: another path, and another hash where the site says so. Else a
 * hash is an anchor, and a query always a filter or a position.
 */
export const watchHistory = (): void => {
  // Routers pass relative, absolute and no addresses, so the location says where we are, never the argument.
  // No hash, "#" and "#/" are the same page.
  const look = () => (location.pathname + (config.pulseHash == null ? '' : location.hash)).replace(/[#/]+$/, '');
  let path = look();
  const moved = guard(() => {
    changed();
    if (path !== (path = look())) arrive();
  });
  (['pushState', 'replaceState'] as const).map((name) => {
    const original = history[name];
    history[name] = (...args) => {
      original.apply(history, args);
      moved();
    };
  });
  listen('popstate hashchange', moved);
};

export const watchSigns = (): void =>
  listen<PointerEvent>(
    'pointerdown pointermove keydown wheel touchmove click scroll timeupdate',
    ({ type, target, movementX, movementY }) => {
      if (
        // A carousel scrolls by itself; a person who scrolls an element uses wheel, finger or key.
        type === 'scroll' ? target === document
          // Some browsers report a move when the page moved under the pointer.
          : type === 'pointermove' ? movementX || movementY
            // A silent film that runs in circles is decoration.
            : !(target as HTMLMediaElement).muted || !(target as HTMLMediaElement).loop
      ) {
        sign(type === 'scroll');
      }
    },
  );
