/**
 * A retailer's keys on the pipe protocol, prepared once: who it is, which stores are its own, and the secret that ends
 * every signed text. Refuses, at start, keys under which fields could shift into each other: stores of unequal length.
 */
import { BlockList, isIP } from 'node:net'
import * as z from 'zod/mini'
import { readKeyRotation } from '../key-rotation.ts'

/** What `current` and `next` of the secret hold. */
const pipeKeys = () =>
  z.object({
    agentId: z.string().check(z.regex(/^[A-Za-z0-9]{1,20}$/)),
    agentPin: z.string().check(z.regex(/^[A-Za-z0-9]{1,20}$/)),
    secretKey: z.string().check(z.minLength(16), z.maxLength(256)),
    storeIds: z
      .array(z.string().check(z.regex(/^[A-Za-z0-9]{1,12}$/)))
      .check(z.refine((ids) => ids.length > 0 && ids.every((id) => id.length === ids[0]?.length))),
    /** Addresses or CIDR blocks that the retailer calls from. Registered with it, like its stores. */
    sourceAddresses: z.array(z.string().check(z.refine(isAddressOrBlock))).check(z.minLength(1)),
  })

export type PipeKeys = {
  readonly agentId: string
  readonly agentPin: string
  readonly secretKey: string
  readonly storeIds: ReadonlySet<string>
  readonly mayCallFrom: (address: string) => boolean
}

/** `current` first. Throws a TypeError naming the field; never echoes a value. */
export function preparePipeKeys(channel: string, secret: string): readonly PipeKeys[] {
  return readKeyRotation(channel, secret, pipeKeys).map(({ storeIds, sourceAddresses, ...keys }) => ({
    ...keys,
    storeIds: new Set(storeIds),
    mayCallFrom: listOf(sourceAddresses),
  }))
}

function listOf(blocks: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const block of blocks) {
    const [address = '', bits] = block.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

function isAddressOrBlock(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || more !== undefined) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32))
}
