// Elements made by name, never from text: whatever a film is called, it becomes an attribute's value or a text node.
/// <reference lib="dom" />

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>
type Child = Node | string | undefined

const filled = <Made extends Element>(made: Made, attributes: Attributes, children: ReadonlyArray<Child>): Made => {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value))
  for (const child of children) if (child !== undefined) made.append(child)
  return made
}

export const element = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: ReadonlyArray<Child>
): HTMLElementTagNameMap[Tag] => filled(document.createElement(tag), attributes, children)

export const svgElement = <Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: ReadonlyArray<Child>
): SVGElementTagNameMap[Tag] =>
  filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children)

/** Text of the data, kept from reordering what stands beside it (a name may hold marks of direction). */
export const isolated = (text: string): HTMLElement => element('bdi', {}, text)

export const button = (words: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement => {
  const made = element('button', { type: 'button', ...attributes }, words)
  made.addEventListener('click', press)
  return made
}
