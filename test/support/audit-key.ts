/** The key of the audit chain as the key service answers for it, for functions that sign heads or verify anchors. */
import { generateKeyPairSync, sign } from 'node:crypto'

export const AUDIT_KEY = 'arn:aws:kms:ap-southeast-3:000000000000:key/audit'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const SPKI = publicKey.export({ type: 'spki', format: 'der' })

export const auditKey = {
  /** DER. */
  spki: SPKI,
  sign: (message: Uint8Array): Buffer => sign('sha256', message, privateKey),
  /** For `functionSurroundings`: refuses to sign anything but what the hub signs, as it signs it. */
  answers: {
    'TrentService.Sign': (body: string) => {
      const { KeyId, Message, MessageType, SigningAlgorithm } = JSON.parse(body)
      const isOurs = KeyId === AUDIT_KEY && MessageType === 'RAW' && SigningAlgorithm === 'ECDSA_SHA_256'
      return isOurs ? { Signature: auditKey.sign(Buffer.from(Message, 'base64')).toString('base64') } : {}
    },
    'TrentService.GetPublicKey': (body: string) =>
      JSON.parse(body).KeyId === AUDIT_KEY ? { PublicKey: SPKI.toString('base64') } : {},
  },
}
