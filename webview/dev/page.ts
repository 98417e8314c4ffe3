/**
 * Entry of the page that plays recorded runs: a bar of controls around the page of the inspector. Its address says what to
 * show: ?recording=deep-part3-batchnorm&theme=light&width=480&at=end&open=loss,bigrams
 * `open` may be `all`, or `default`; without it, panels are as they were left.
 */
import { at } from '../../src/shared/at';
import { defaultArrangement, parseArrangement, type Arrangement } from '../../src/shared/arrangement';
import type { InspectorCommand, RunEvent } from '../../src/shared/protocol';
import { panels } from '../panels/index';
import { Player } from './player';
import { decodeRecording } from './recording';
import { themeNamed, themeNames, wear } from './theme';

const arrangementKey = 'arrangement';

const frame = found(document.querySelector('iframe'), HTMLIFrameElement);
const controls = found(document.forms.namedItem('bar'), HTMLFormElement).elements;
const recordings = found(controls.namedItem('recording'), HTMLSelectElement);
const theme = found(controls.namedItem('theme'), HTMLSelectElement);
const width = found(controls.namedItem('width'), HTMLInputElement);
const play = found(controls.namedItem('play'), HTMLButtonElement);
const step = found(controls.namedItem('step'), HTMLButtonElement);
const speed = found(controls.namedItem('speed'), HTMLSelectElement);
const time = found(controls.namedItem('time'), HTMLInputElement);
const position = found(controls.namedItem('position'), HTMLOutputElement);
const command = found(controls.namedItem('command'), HTMLOutputElement);
const query = new URLSearchParams(location.search);

const ids = (await (await fetch('../recordings/index.json')).json()) as string[];
recordings.append(...ids.map(id => new Option(id)));
theme.append(...themeNames.map(name => new Option(name)));
recordings.value = query.get('recording') ?? at(ids, 0);
theme.value = themeNamed(query.get('theme'));
width.value = query.get('width') ?? '';

const recording = decodeRecording(await (await fetch(`../recordings/${recordings.value}.json`)).text());
const post = (event: RunEvent): void => frame.contentWindow?.postMessage([event], location.origin);
const player = new Player(recording, post);
const start = query.get('at');
player.seek(start === 'end' ? player.duration : 1000 * Number(start));
document.title = recording.title;
time.max = String(Math.ceil(player.duration));
let playing = start === null;
let before = performance.now();

recordings.addEventListener('change', () => {
  query.delete('at');
  keep('recording', recordings.value);
  location.reload();
});
theme.addEventListener('change', () => {
  keep('theme', theme.value);
  if (frame.contentDocument) wear(themeNamed(theme.value), frame.contentDocument);
});
width.addEventListener('change', () => {
  keep('width', width.value);
  fit();
});
play.addEventListener('click', () => (playing = !playing));
step.addEventListener('click', () => {
  playing = false;
  player.step();
});
time.addEventListener('input', () => {
  playing = false;
  player.seek(Number(time.value));
});
window.addEventListener('message', ({ source, data }: MessageEvent<InspectorCommand>) => {
  if (source === frame.contentWindow) receive(data);
});
// The server announces a new build. The page comes back at the same place.
new EventSource('../changes').addEventListener('change', () => {
  keep('at', String(player.time / 1000));
  location.reload();
});

fit();
frame.src = `inspector.html?theme=${theme.value}`;
requestAnimationFrame(tick);

function found<T>(element: unknown, type: new () => T): T {
  if (!(element instanceof type)) throw new Error(`The page has no such ${type.name}.`);
  return element;
}

function tick(now: number): void {
  if (playing) player.seek(player.time + (now - before) * Number(speed.value));
  before = now;
  play.textContent = playing ? 'Pause' : 'Play';
  time.value = String(player.time);
  position.value = `${(player.time / 1000).toFixed(1)} of ${(player.duration / 1000).toFixed(1)} s`;
  requestAnimationFrame(tick);
}

function receive(message: InspectorCommand): void {
  switch (message.type) {
    case 'ready':
      post({ type: 'arrange', arrangement: arrangement() });
      player.hydrate();
      frame.dataset.ready = ''; // scripts wait for it
      break;
    case 'arrange':
      sessionStorage.setItem(arrangementKey, JSON.stringify(message.arrangement));
      break;
    case 'focus':
    case 'drawn':
      break;
    default:
      command.value = JSON.stringify(message);
  }
}

function arrangement(): Arrangement {
  const open = query.get('open')?.split(',');
  const isFolded = (id: string): boolean => !open?.includes(id) && !open?.includes('all');
  if (open?.includes('default')) return defaultArrangement;
  if (open) return { ...defaultArrangement, folded: Object.fromEntries(panels.map(({ id }) => [id, isFolded(id)])) };
  return parseArrangement(JSON.parse(sessionStorage.getItem(arrangementKey) ?? 'null')) ?? defaultArrangement;
}

function keep(name: string, value: string): void {
  query.set(name, value);
  history.replaceState(null, '', `?${query.toString()}`);
}

function fit(): void {
  frame.style.width = width.value ? `${width.value}px` : '100%';
}
