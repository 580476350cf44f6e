/**
 * JSON that no text in it can end: `<` and the two line ends of JSON that are none of HTML are written as escapes, hence
 * neither `</script>` nor `<!--` stands in the block. @param id anchor, ours
 */
export const jsonBlock = (id: string, value: unknown): string => {
  const text = JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
  return `<script type="application/json" id="${id}">${text}</script>\n`
}
