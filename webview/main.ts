/** The entry point of the inspector: one store, one drawing loop, one connection to the extension host. */
// The styles that all build upon come before those that the panels and their parts import themselves.
import '@vscode/codicons/dist/codicon.css';
import './styles.css';
import './layout.css';
import './widgets.css';
import type { Arrangement } from '../src/shared/arrangement';
import type { InspectorCommand, RunEvent } from '../src/shared/protocol';
import { hostChannel } from './channel';
import { Inspector } from './inspector';
import { KeptPage } from './kept-page';
import { throttle } from '../src/shared/throttle';
import { Store } from './store';
import { ViewState } from './view-state';
// Above all others, those of the panels too.
import './forced-colors.css';

/** A slider would otherwise post a message for every pixel. */
const keepMilliseconds = 200;

let frame: number | undefined;
/** Messages that have not been drawn. */
let undrawn = 0;
let inspector: Inspector | undefined;
const host = acquireVsCodeApi();
const channel = hostChannel(host);
const store = new Store(redraw);
const keep = throttle(keepMilliseconds, (arrangement: Arrangement) => channel.post({ type: 'arrange', arrangement }));
const viewState = new ViewState(keep, redraw);
const root = document.getElementById('inspector');
if (!root) throw new Error('The page has no element #inspector.');
const keptPage = new KeptPage(root, page => viewState.keepPage(page));
offerCopy(false);

/** The menus of the page are ours, with Copy for text that is selected. A field has the editor's own menu. */
function offerCopy(hasSelection: boolean): void {
  const context = { preventDefaultContextMenuItems: true, ...(hasSelection && { hasSelection }) };
  document.body.dataset.vscodeContext = JSON.stringify(context);
}

/** Draws at most once per frame, no matter how much has changed. */
function redraw(): void {
  frame ??= requestAnimationFrame(() => {
    frame = undefined;
    inspector?.render(store.state);
  });
}

/** The extension host sends no more until then. */
function tellDrawn(): void {
  if (undrawn > 0) channel.post({ type: 'drawn', messages: undrawn });
  undrawn = 0;
  keptPage.drawn(store.state);
}

function post(command: InspectorCommand): void {
  channel.post(command);
  if (command.type === 'stop') store.apply({ type: 'stopping' }); // at once, however busy the others are
}

const receive = (event: RunEvent): void => {
  if (event.type === 'arrange') {
    viewState.restore(event.arrangement);
    keptPage.restore(viewState.page);
  }
  store.apply(event);
  // Not earlier: an empty page, or a panel that is about to fold, would flash.
  if (event.type === 'hydrate') inspector ??= new Inspector(root, viewState, post, redraw, tellDrawn);
  if (event.type === 'reveal') keptPage.forgetPlace();
  if (event.type === 'reveal') inspector?.reveal(event, store.state);
  if (event.type === 'takePicture') void inspector?.takePicture(event.panel);
};
channel.onMessage(events => {
  undrawn++;
  for (const event of events) receive(event);
});
const postFocus = (): void => channel.post({ type: 'focus', focused: document.hasFocus() });
// before VS Code reads the context
window.addEventListener('contextmenu', () => offerCopy(getSelection()?.isCollapsed === false), { capture: true });
window.addEventListener('focus', postFocus);
window.addEventListener('blur', postFocus);
window.addEventListener('pagehide', () => inspector?.dispose());
postFocus();
channel.post({ type: 'ready' });
