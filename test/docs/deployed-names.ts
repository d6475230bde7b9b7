/** How references to resources read in the reference of what is deployed: without the hashes of the synthesis. */

/** `GetAtt TablefactsDF7BF8C2.Arn` and its import into the other stack both become `Tablefacts`. */
export function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const [intrinsic, given] = Object.entries(value)[0] ?? []
  switch (intrinsic) {
    case 'Fn::GetAtt':
      return (given as readonly string[])[1] === 'StreamArn'
        ? `stream of ${unhashed((given as readonly string[])[0] ?? '')}`
        : unhashed((given as readonly string[])[0] ?? '')
    case 'Ref':
      return unhashed(given as string)
    case 'Fn::ImportValue':
      return imported(given as string)
    case 'Fn::Join':
      return (given as [string, readonly unknown[]])[1].map(nameOf).join('')
    default:
      return JSON.stringify(value)
  }
}

/** Logical ids end with eight hexadecimal digits. */
export function unhashed(id: string): string {
  return id.replace(/[0-9A-F]{8}$/, '')
}

function imported(exported: string): string {
  const [, name] = /:ExportsOutput(?:FnGetAtt|Ref)(.+?)(?:Arn|StreamArn)?[0-9A-F]{8}$/.exec(exported) ?? []
  return unhashed(name ?? exported)
}

/** The five endpoints are alike: `{channel}` stands for each one's name, and what is the same then is said once. */
export function forEachChannel(texts: readonly string[], channels: readonly string[]): string[] {
  const anyChannel = new RegExp(channels.join('|'), 'g')
  return [...new Set(texts.map((text) => text.replace(anyChannel, '{channel}')))]
}

export function table(head: readonly string[], rows: readonly string[]): string {
  return [row(head), row(head.map(() => '---')), ...rows].join('\n')
}

export function row(cells: readonly unknown[]): string {
  return `| ${cells.map((cell) => String(cell ?? '').replaceAll('|', '\\|')).join(' | ')} |`
}

/** All properties of a resource as one text; names stand for references, policies are told elsewhere. */
export function settingsOf(properties: Readonly<Record<string, unknown>>): string {
  const { KeyPolicy: _, Tags: __, ...rest } = properties
  return JSON.stringify(readable(rest))
}

function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const isReference = entries.length === 1 && /^(Ref$|Fn::)/.test(entries[0]?.[0] ?? '')
  return isReference ? nameOf(value) : Object.fromEntries(entries.map(([name, each]) => [name, readable(each)]))
}
