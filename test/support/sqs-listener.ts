/** A server on 127.0.0.1 that takes messages as SQS does and keeps them, for handlers that are called in this process. */
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type TakenMessage = { readonly queueUrl: string; readonly body: string; readonly code: string | undefined }

export type SqsListener = {
  readonly endpoint: string
  readonly taken: TakenMessage[]
  readonly close: () => Promise<void>
}

type Entry = {
  readonly Id?: string
  readonly MessageBody: string
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue: string }>>
}

export async function sqsListener(): Promise<SqsListener> {
  const taken: TakenMessage[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const { QueueUrl, Entries, ...single } = JSON.parse(Buffer.concat(parts).toString()) as Entry & {
      readonly QueueUrl: string
      readonly Entries?: readonly Entry[]
    }
    const results = (Entries ?? [single]).map(({ Id, MessageBody, MessageAttributes }) => {
      taken.push({ queueUrl: QueueUrl, body: MessageBody, code: MessageAttributes?.code?.StringValue })
      return {
        Id,
        MessageId: String(taken.length),
        MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
      }
    })
    const answer = Entries ? { Successful: results, Failed: [] } : results[0]
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
