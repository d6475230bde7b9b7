/**
 * Prints what a client certificate is pinned by, for the field `clientCertificates` of a channel's secret.
 * Usage: npm run certificate-pin -- partner.pem
 */
import { readFileSync } from 'node:fs'
import { pinOf } from '../shared/protocols/client-certificate.ts'

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.error('Expected a PEM file, like: npm run certificate-pin -- partner.pem')
  process.exit(2)
}
const pin = pinOf(readFileSync(file, 'utf8'))
if (pin === undefined) {
  console.error(`Expected ${file} to begin with one X.509 certificate in PEM; it is none`)
  process.exit(1)
}
console.log(JSON.stringify(pin, null, 2))
