import { expect, it } from '@jest/globals'
import { messageOf } from '../testing/messageOf.ts'
import { trackingUri } from './trackingUri.ts'

const of = (uri: string) => () => trackingUri({ MLFLOW_TRACKING_URI: uri })

it('nowhere when it is not set or empty; an address as it is', () => {
  expect(trackingUri({})).toBeUndefined()
  expect(of(' ')()).toBeUndefined()
  expect(of('https://user:secret@host/mlflow')()).toBe('https://user:secret@host/mlflow')
})

it('what is no server is refused with what to do, and no password is printed', () => {
  expect(messageOf(of('sqlite:///a.db'))).toMatch(
    /names a database\. Start a server on it .*http:\/\/127\.0\.0\.1:5000/,
  )
  expect(messageOf(of('file:///home/ann/mlruns'))).toMatch(/names a folder\. Start a server .*tools:mlflow/)
  expect(messageOf(of('./mlruns'))).toMatch(/names a folder/)
  expect(messageOf(of('/mlruns'))).toMatch(/names a folder/)
  expect(messageOf(of('databricks'))).toMatch(/Databricks/)
  expect(messageOf(of('postgresql://user:secret@db/mlflow'))).not.toMatch(/secret/)
  expect(messageOf(of('ftp://user:secret@host'))).toBe(
    'MLFLOW_TRACKING_URI cannot be used: it begins with ftp:. Give an address that begins with http:// or https://, such as http://127.0.0.1:5000.',
  )
  expect(messageOf(of('http://ann:50%@127.0.0.1:5999'))).toBe(
    'MLFLOW_TRACKING_URI cannot be used: the password in it holds a % that begins no code. Write a % of your own as %25.',
  )
  expect(messageOf(of('http://50%:secret@127.0.0.1:5999'))).toMatch(/the user in it holds a %/)
  expect(of('http://ann:50%25@127.0.0.1:5999')()).toBe('http://ann:50%25@127.0.0.1:5999')
  expect(messageOf(of('localhost'))).toMatch(/no address/)
})

it('an address copied from a browser is that of its server; one with a ? is refused', () => {
  expect(of('http://127.0.0.1:5000/#/experiments/1?workflowType=x')()).toBe('http://127.0.0.1:5000/')
  expect(messageOf(of('http://127.0.0.1:5000/?x=1'))).toBe(
    'MLFLOW_TRACKING_URI cannot be used: it goes on with a ? behind the server’s address. Give the address alone, such as http://127.0.0.1:5000.',
  )
})

it('half of the credentials are refused, unless the address has its own', () => {
  const half = (uri: string) => () =>
    trackingUri({ MLFLOW_TRACKING_URI: uri, MLFLOW_TRACKING_PASSWORD: 'secret', MLFLOW_TRACKING_USERNAME: '' })
  expect(messageOf(half('http://127.0.0.1:5000'))).toBe(
    'MLFLOW_TRACKING_PASSWORD is set and MLFLOW_TRACKING_USERNAME is not: set both, or neither of them.',
  )
  expect(half('http://ann:her@127.0.0.1:5000')()).toBe('http://ann:her@127.0.0.1:5000')
})

it('an experiment’s name that MLflow would not take is refused at first', () => {
  const named = (length: number) => () =>
    trackingUri({ MLFLOW_TRACKING_URI: 'http://127.0.0.1:5000', MLFLOW_EXPERIMENT_NAME: 'x'.repeat(length) })
  expect(named(500)()).toBe('http://127.0.0.1:5000')
  expect(messageOf(named(501))).toMatch(/longer than the 500 characters/)
})
