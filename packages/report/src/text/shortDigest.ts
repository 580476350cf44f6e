/** The first twelve characters of a key or digest: enough to compare two pages by eye. The whole lies in its title. */
export const shortDigest = (digest: string): string => digest.replace(/^sha256:/, '').slice(0, 12)
