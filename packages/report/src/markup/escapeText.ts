/**
 * Text or attribute value that stays text: markup and both quotes escaped; control characters, lone surrogates and
 * non-characters, which no page can hold, as U+FFFD. Tabs and line ends stay.
 */
export const escapeText = (text: string): string =>
  text
    .replaceAll(/[^\P{C}\t\n\p{Cf}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
