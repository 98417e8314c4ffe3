import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The HTML of the inspector. @param dist the folder with its script and styles: the page can load nothing else */
export function inspectorPage(webview: vscode.Webview, dist: vscode.Uri): string {
  const uri = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  const nonce = randomBytes(16).toString('hex');
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
    "base-uri 'none'", // the default does not stand for these two
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Makemore</title>
  <link rel="stylesheet" href="${uri('webview.css')}">
</head>
<body>
  <main id="inspector"></main>
  <script nonce="${nonce}" src="${uri('webview.js')}"></script>
</body>
</html>`;
}
