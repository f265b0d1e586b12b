/** What a person typed as a number of at least 0; null when it is none. Full-width digits and a comma are read too. */
export function numberOf(typed: string): number | null {
  const plain = typed
    .trim()
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace('．', '.')
    .replace(/[,，]/g, '');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}
