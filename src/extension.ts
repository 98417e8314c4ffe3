export function activate(): void {
  // wired below
}
