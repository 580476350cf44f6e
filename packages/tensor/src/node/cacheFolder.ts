// Where the runtime is kept between checkouts.
import { homedir } from 'node:os'
import { join } from 'node:path'

/** `$XDG_CACHE_HOME/radiograft`, or `~/.cache/radiograft`. */
export const cacheFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'radiograft')
