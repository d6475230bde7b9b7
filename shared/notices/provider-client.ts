/**
 * Settings of every provider's client: one try, because a second try of a message that went out is a second message.
 * Region, credentials and endpoint come from the environment.
 */
export const ONE_TRY = {
  maxAttempts: 1,
  cacheMiddleware: true,
  requestHandler: { connectionTimeout: 1_500, requestTimeout: 5_000, throwOnRequestTimeout: true },
} as const
