/**
 * The client of the files bucket that handlers build once per process and hand to shared/store/files/files.ts.
 *
 * It repeats by itself: unlike a conditional write, putting the same bytes under the same key again changes nothing. Region,
 * credentials and endpoint come from the environment; an endpoint that is an address of numbers is asked by path.
 */
import { S3Client } from '@aws-sdk/client-s3'

/** From sending to the first byte of the answer, which comes when all of an object was sent. */
const REQUEST_MILLIS = 20_000
/** As long as bytes keep coming, a body may take its time. */
const IDLE_MILLIS = 20_000
const CONNECTION_MILLIS = 1_000
/** One object read, one written, and the buckets of a statement that are written side by side. */
const CONNECTIONS = 32

/** The SDK would write to the console, past the log of this house; what went wrong is thrown all the same. */
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** `requestMillis`: for those who send objects of 100 MB. */
export function createS3Client(requestMillis = REQUEST_MILLIS): S3Client {
  const agent = { keepAlive: true, maxSockets: CONNECTIONS }
  return new S3Client({
    maxAttempts: 3,
    cacheMiddleware: true,
    logger: SILENT,
    requestHandler: {
      connectionTimeout: CONNECTION_MILLIS,
      requestTimeout: requestMillis,
      throwOnRequestTimeout: true,
      socketTimeout: IDLE_MILLIS,
      httpAgent: agent,
      httpsAgent: agent,
    },
  })
}
