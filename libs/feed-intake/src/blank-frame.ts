/** True when nothing but white space was sent; the provider's sign of life on an idle link. */
export function isBlankFrame(text: string): boolean {
  return text.trim() === '';
}
