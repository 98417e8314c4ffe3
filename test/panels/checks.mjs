// What holds for every panel, whatever it draws. Each check runs in the inspector's own page and tells what is wrong.

/** @typedef {import('playwright-core').Frame} Frame */

/** Sections that have nothing in them. */
export async function emptyPanels(frame) {
  return frame.locator('.section:visible').evaluateAll(sections =>
    sections
      .filter(section => {
        const body = section.querySelector('.section-body > :last-child');
        return body.innerText.trim() === '' && !body.querySelector('canvas, svg');
      })
      .map(section => `${section.id} has drawn nothing`),
  );
}

/** Texts in which letters from right to left stand beside others, and would take along what is behind them. */
export async function mixedDirections(frame) {
  return frame.locator('body').evaluate(body => {
    const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;
    const problems = [];
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const isAlone = node.parentElement.closest('bdi, option') || !/[^\p{Script=Hebrew}\p{M}]/u.test(node.data);
      if (rightToLeft.test(node.data) && !isAlone) problems.push(`not isolated: ${node.data}`);
    }
    return problems;
  });
}

/** Canvases without an accessible name, and pictures of one color only. */
export async function badPictures(frame) {
  return frame.locator('canvas:visible').evaluateAll(canvases => {
    const problems = [];
    const drawn = new Map();
    for (const canvas of canvases) {
      if (canvas.closest('[aria-hidden="true"]')) continue;
      const picture = canvas.closest('[role="img"], [role="application"]');
      const where = `a canvas of ${canvas.closest('section')?.id}`;
      if (!picture) problems.push(`${where} says not what it is`);
      else if (!picture.ariaLabel?.trim()) problems.push(`${where} has no name`);
      else drawn.set(picture, drawn.get(picture) || !isBlank(canvas));
    }
    for (const [picture, isDrawn] of drawn) if (!isDrawn) problems.push(`blank: ${picture.ariaLabel}`);
    return problems;

    function isBlank(canvas) {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const pixels = new Uint32Array(data.buffer);
      return pixels.every(pixel => pixel === pixels[0]);
    }
  });
}

/** Panels with a picture and without its data in a table, and tables that stay empty when they are opened. */
export async function missingTables(frame) {
  const sections = frame.locator('.section:visible').filter({ has: frame.locator('canvas:visible') });
  return sections.evaluateAll(async sections => {
    const problems = [];
    for (const { id } of sections.filter(section => !section.querySelector('table')))
      problems.push(`${id} has no table of its data`);
    const all = selector => sections.flatMap(section => [...section.querySelectorAll(selector)]);
    const folded = all('details:not([open]):has(table)').filter(details => details.checkVisibility());
    for (const details of folded) details.open = true;
    for (let i = 0; i < 4 || document.querySelector('[data-drawing]'); i++) await new Promise(requestAnimationFrame);
    for (const table of all('table').filter(table => table.checkVisibility()))
      if (!table.querySelector('tbody td')) problems.push(`a table of ${table.closest('section').id} stays empty`);
    for (const details of folded) details.open = false;
    return problems;
  });
}

/** Sets everything that can be set in the panels to everything else; what comes of it is for other checks. */
export async function operate(frame) {
  await frame.locator('.section:visible').evaluateAll(async sections => {
    const all = selector => sections.flatMap(section => [...section.querySelectorAll(selector)]);
    const enter = async (control, value) => {
      control.value = value;
      for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
      await drawn();
    };
    for (const button of all('.segmented button, input[type=checkbox]')) {
      button.click();
      await drawn();
    }
    for (const range of all('input[type=range]')) for (const value of [range.min, range.max]) await enter(range, value);
    for (const select of all('select'))
      for (const { value } of [...select.options].slice(-5)) await enter(select, value);

    async function drawn() {
      for (let i = 0; i < 2 || document.querySelector('[data-drawing]'); i++) await new Promise(requestAnimationFrame);
    }
  });
}

/** What reaches beyond the right edge of the page. */
export async function overflowing(frame) {
  return frame.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const beyond = [...document.querySelectorAll('main *')].filter(
      element =>
        element.getBoundingClientRect().right > clientWidth + 0.5 && !element.closest('.table-scroller, .overview ul'),
    );
    const names = beyond.slice(0, 5).map(element => `${element.localName}.${element.className}`);
    return [`the page is ${scrollWidth} wide in ${clientWidth}: ${names.join(', ')}`];
  });
}

/** What moves by itself, or would on a change. */
export async function moving(frame) {
  return frame.evaluate(() => {
    const animated = document.getAnimations().map(animation => `${animation.constructor.name} runs`);
    const prepared = [...document.querySelectorAll('*')].filter(element => {
      const { animationName, transitionDuration } = getComputedStyle(element);
      return animationName !== 'none' || transitionDuration.split(', ').some(duration => duration !== '0s');
    });
    return [...animated, ...prepared.map(({ localName, className }) => `${localName}.${className} would move`)];
  });
}

/**
 * What is on the pictures.
 * @param {Frame} frame
 * @returns {Promise<Record<string, number>>} a hash of its pixels for each canvas with something on it
 */
export async function bitmaps(frame) {
  return frame.locator('canvas:visible').evaluateAll(canvases => {
    const hashes = canvases.map((canvas, i) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const pixels = new Uint32Array(data.buffer);
      if (pixels.every(pixel => pixel === pixels[0])) return []; // a layer on which nothing is marked
      const hash = pixels.reduce((sum, pixel) => (Math.imul(sum, 31) + pixel) | 0, canvas.width);
      const fixed = canvas.dataset.colors === 'fixed' ? ', the same in every theme' : '';
      return [[`picture ${i} in ${canvas.closest('section')?.id}${fixed}`, hash]];
    });
    return Object.fromEntries(hashes.flat());
  });
}

/** Pictures with fewer or more pixels than the screen has there, except for pixels that CSS enlarges on purpose. */
export async function blurredPictures(frame) {
  return frame.locator('canvas:visible').evaluateAll(canvases =>
    canvases
      .filter(canvas => !canvas.closest('[aria-hidden="true"]'))
      .filter(canvas => getComputedStyle(canvas).imageRendering !== 'pixelated')
      .filter(({ width, clientWidth }) => Math.abs(width - clientWidth * window.devicePixelRatio) > 1)
      .map(canvas => `${canvas.width} pixels over ${canvas.clientWidth} in ${canvas.closest('section')?.id}`),
  );
}

/** Panels of which no picture can be had: none at all, one that is not as wide as the panel, or of one color only. */
export async function missingPictures(frame) {
  const sections = frame.locator('.section:visible').filter({ has: frame.locator('canvas:visible') });
  return sections.evaluateAll(async sections => {
    const problems = [];
    for (const { id, offsetWidth } of sections) {
      const png = await pictureOf(id);
      const image = png && (await createImageBitmap(new Blob([png])));
      if (!image) problems.push(`${id} gives no picture`);
      else if (image.width < offsetWidth * window.devicePixelRatio)
        problems.push(`${id} is cut off: ${image.width} wide`);
      else if (isBlank(image)) problems.push(`the picture of ${id} is blank`);
    }
    return problems;

    /** The page around this one stands in for the extension host. */
    function pictureOf(panel) {
      return new Promise(resolve => {
        const receive = ({ data }) => {
          if (data.type !== 'picture' || data.panel !== panel) return;
          clearTimeout(timer);
          window.parent.removeEventListener('message', receive);
          resolve(data.png);
        };
        const timer = setTimeout(() => receive({ data: { type: 'picture', panel } }), 15_000);
        window.parent.addEventListener('message', receive);
        window.postMessage([{ type: 'takePicture', panel }], window.location.origin);
      });
    }

    function isBlank(image) {
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      context.drawImage(image, 0, 0);
      const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
      return pixels.every(pixel => pixel === pixels[0]);
    }
  });
}
