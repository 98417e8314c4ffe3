/** Entry of the inspector: one store, one frame, one connection to the extension host. */
import '@vscode/codicons/dist/codicon.css';
import './styles.css';
import './widgets.css';
import './panels/alert.css';
import './panels/controls.css';
import './panels/counts.css';
import './panels/loss.css';
import './panels/samples.css';
import { hostChannel } from './channel';
import { Inspector } from './inspector';
import { Store } from './store';
import { ViewState } from './view-state';

let frame: number | undefined;
const host = acquireVsCodeApi();
const channel = hostChannel(host);
const store = new Store(redraw);
const viewState = new ViewState(host, redraw);
const root = document.getElementById('inspector');
if (!root) throw new Error('The page has no element #inspector.');
document.body.dataset.vscodeContext = '{"preventDefaultContextMenuItems":true}';
const inspector = new Inspector(root, viewState, command => channel.post(command), redraw);

/** However much has changed, it is drawn once a frame. */
function redraw(): void {
  frame ??= requestAnimationFrame(() => {
    frame = undefined;
    inspector.render(store.state);
  });
}

channel.onMessage(event => {
  store.apply(event);
  if (event.type === 'reveal') inspector.reveal(event, store.state);
});
const tellFocus = (): void => channel.post({ type: 'focus', focused: document.hasFocus() });
window.addEventListener('focus', tellFocus);
window.addEventListener('blur', tellFocus);
window.addEventListener('pagehide', () => inspector.dispose());
tellFocus();
channel.post({ type: 'ready' });
redraw();
