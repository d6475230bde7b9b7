/**
 * The shapes of replies, as zod schemas: what every subject's schemas are built from. Types of replies, their
 * check in tests and the OpenAPI document all come from them; a served call never runs them.
 * Every field of an object is required: what has nothing to say is null, '' or empty, never absent.
 */
import * as z from 'zod/mini'

export type Schema = z.ZodMiniType
/** A schema of replies, made when somebody asks for it first: a test or the document, never a call that is served. */
export type Shape<S extends Schema = Schema> = () => S
/** The value that a use case hands over for a shape. */
export type View<T extends Shape> = DeepReadonly<z.output<ReturnType<T>>>

type DeepReadonly<T> = T extends readonly (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T

/** A reply's schema with its name under `components.schemas`, and the sentence that describes it. */
export function shape<S extends Schema>(id: string, description: string, make: () => S): Shape<S> {
  let made: S | undefined
  return () => {
    made ??= named(id, description, make())
    return made
  }
}

/** Gives a schema a name under `components.schemas`, and the sentence that describes it. */
export function named<S extends Schema>(id: string, description: string, schema: S): S {
  z.globalRegistry.add(schema, { id, description })
  return schema
}

export function described<S extends Schema>(description: string, schema: S): S {
  z.globalRegistry.add(schema, { description })
  return schema
}

export function text(description: string) {
  return described(description, z.string())
}

/** What names or finds a person; a route that answers it leaves a trace (read-trace.ts). The document says so, too. */
export function personal(kind: 'name' | 'nik' | 'phone' | 'email', description: string) {
  const schema = z.string()
  z.globalRegistry.add(schema, { description, 'x-personal': kind })
  return schema
}

export function count(description?: string) {
  const schema = z.int().check(z.minimum(0))
  return description === undefined ? schema : described(description, schema)
}

export function flag(description: string) {
  return described(description, z.boolean())
}

export function money(description: string) {
  return described(`${description}, whole rupiah`, z.int())
}

/** An instant of ours: UTC, with milliseconds. */
export function at(description: string) {
  return withFormat('date-time', description, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
}

export function day(description = 'Calendar date in Asia/Jakarta') {
  return withFormat('date', description, /^\d{4}-\d{2}-\d{2}$/)
}

export function month(description = 'Contribution month, such as 2026-11') {
  return described(description, z.string().check(z.regex(/^\d{4}-\d{2}$/)))
}

export function kpj(description = 'Number of the membership') {
  return described(description, z.string().check(z.regex(/^\d{11}$/)))
}

export function next() {
  return described('Give it as `after` for the next page; null on the last', z.nullable(z.string()))
}

/** The pattern is how tests check it; a reader of the document needs the format only. */
function withFormat(format: 'date' | 'date-time', description: string, pattern: RegExp) {
  const schema = z.string().check(z.regex(pattern))
  z.globalRegistry.add(schema, { description, format })
  return schema
}
