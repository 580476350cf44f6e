import { expect, it } from '@jest/globals'
import { artifactAddress } from './artifactPath.ts'

const root = '/api/2.0/mlflow-artifacts/artifacts'

it.each([
  ['mlflow-artifacts:/1/r/artifacts', 'a/b.txt', `${root}/1/r/artifacts/a/b.txt`],
  ['mlflow-artifacts://host:5000/1/r/artifacts/', 'a b+c%d é?', `${root}/1/r/artifacts/a%20b%2Bc%25d%20%C3%A9%3F`],
])('%s, %s', (uri, path, address) => expect(artifactAddress(uri, path)).toBe(address))

it.each(['s3://bucket/1/r/artifacts', '/var/mlruns/1/r', 'file:///x'])('%s is not served by the server', (uri) => {
  expect(() => artifactAddress(uri, 'a')).toThrow(/--serve-artifacts/)
})
