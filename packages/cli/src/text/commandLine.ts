// How a command of this program is typed where it was started: every piece of advice is one that a person can copy.

/** A clone runs from its sources, where no `radiograft` is on the PATH; an installed package has one. */
const isClone = import.meta.url.endsWith('.ts')

/** @param rest what follows the program's name, quoted for a shell where it needs to be */
export const commandLine = (rest: string): string => `${isClone ? 'npm run radiograft --' : 'npx radiograft'} ${rest}`
