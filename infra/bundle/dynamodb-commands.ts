/**
 * Takes the place of what the DynamoDB client's commands are made with: a command is its input and its operation's schema.
 *
 * The SDK's builder gives each command a middleware stack and its rules for endpoints, which infra/bundle/dynamodb-client.ts
 * does without. Named in infra/bundle.ts.
 */
import { operation } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'

/** `makeBuilder` of `@smithy/core/client`. */
export function makeBuilder() {
  return (_endpoint: unknown, _plugins: unknown, _name: string, [, ...schema]: StaticOperationSchema) => {
    const described = operation(...schema)
    return class {
      readonly input: object
      readonly operation = described
      constructor(input: object) {
        this.input = input
      }
    }
  }
}

/** `getEndpointPlugin` of `@smithy/core/endpoints`: handed to the builder, which does without. */
export const getEndpointPlugin = undefined
