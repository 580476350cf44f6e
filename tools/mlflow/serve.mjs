// npx nx run tools:mlflow: a tracking server of one's own, to look at runs in a browser.
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { freePort } from './freePort.mjs'
import { installServer, mlflowVersion, startServer } from './server.mjs'

const help = `Starts an MLflow ${mlflowVersion} server on this machine and waits; Ctrl-C ends it.
On first use it is installed into your cache folder: about a minute and 400 MB, with python3 (3.11 or newer).

  --port <n>      the port; without it 5000, or the next free one. 0: any free one
  --folder <dir>  for its database and artifacts; without it .radiograft/mlflow in the workspace
  --install       install it if need be, and start nothing
  --with-parent   end when whoever started this has ended (for tests)
  --help

  npx nx run tools:mlflow
  npx nx run tools:mlflow -- --port 5050
  node tools/mlflow/serve.mjs --port 0 --folder /tmp/runs
`

const numberOf = (text) => {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port must be a number from 0 to 65535')
  return port
}

/** What stands in the way of making the environment, in words; anything else as it is. */
const reasonOf = (error) => {
  if (error.code === 'ENOENT' && error.path === 'python3')
    return 'python3 is not installed: install Python 3.11 or newer'
  if (error.spawnargs?.includes('venv') || /-m venv/.test(error.message))
    return 'python3 cannot make a virtual environment: install its venv module (Debian: apt install python3-venv)'
  if (/-m pip/.test(error.message))
    return 'the server could not be installed (see above): it needs Python 3.11 or newer and a package index'
  return error.message
}

const options = {
  port: { type: 'string' },
  folder: { type: 'string', default: fileURLToPath(new URL('../../.radiograft/mlflow', import.meta.url)) },
  install: { type: 'boolean', default: false },
  'with-parent': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
}

try {
  const { values } = parseArgs({ options })
  const announce = () => console.log(`installing MLflow ${mlflowVersion} (once, about a minute)`)
  if (values.help) process.stdout.write(help)
  else if (values.install) console.log(`MLflow ${mlflowVersion} is installed: ${installServer(announce)}`)
  else {
    const port = values.port === undefined ? await freePort(5000) : numberOf(values.port)
    const server = await startServer({ folder: values.folder, port, announce })
    console.log(`MLflow ${mlflowVersion} at ${server.uri}, data and log in ${server.folder}`)
    console.log(`export MLFLOW_TRACKING_URI=${server.uri}`)
    let stopping = false
    const stop = () => {
      if (!stopping) void server.stop().then(() => process.exit(0))
      stopping = true
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
    const parent = process.ppid
    if (values['with-parent']) setInterval(() => process.ppid !== parent && stop(), 500)
    await server.ended
    if (!stopping) throw new Error(`the server has ended; its log is ${server.folder}/server.log`)
  }
} catch (error) {
  console.error(reasonOf(error))
  process.exit(1)
}
