import fc from 'fast-check'
import mt940Js from 'mt940-js'
import { describe, expect, test } from 'vitest'
import { readBankStatement } from '../../../../shared/protocols/bank-statement/read-statement.ts'
import { type BankDay, type BankRow, camt053, mt940 } from '../../../support/settlement-files.ts'

const ACCOUNT = '0018877665501'
const FORMATS = { 'camt.053': camt053, mt940 } as const

function bankRow(changed: Partial<BankRow> = {}): BankRow {
  return {
    reference: 'BNK0000000000001',
    bookedOn: '2026-11-23',
    valueOn: '2026-11-23',
    amount: 15_300,
    remittance: 'INDOMARET 20261120',
    ...changed,
  }
}

function bankDay(rows: readonly BankRow[], changed: Partial<BankDay> = {}): BankDay {
  return { account: ACCOUNT, statementId: 'STMT-1', date: '2026-11-23', opening: 1_000_000, rows, ...changed }
}

const read = (content: string | Uint8Array) =>
  readBankStatement(typeof content === 'string' ? Buffer.from(content) : content, [ACCOUNT])

function creditsOf(content: string) {
  const reading = read(content)
  if (reading.kind === 'refused') throw new Error(`expected a statement, got ${reading.refusal.code}`)
  return reading.credits
}

function codeOf(content: string | Uint8Array): string {
  const reading = read(content)
  return reading.kind === 'refused' ? reading.refusal.code : 'read'
}

test('a statement of two days is read whole in both formats, against a written reference', async () => {
  const rows = [
    bankRow(),
    bankRow({ reference: 'B2', amount: -15_300, remittance: 'RETURN INDOMARET 20261120', reversal: true }),
    bankRow({ reference: 'B3', amount: -2_500, remittance: 'BANK FEE', valueOn: '2026-11-20' }),
    bankRow({ reference: '', amount: 7, remittance: 'no reference' }),
    bankRow({ reference: '', amount: 7, remittance: 'no reference' }),
    bankRow({ reference: 'B5', amount: 9, pending: true }),
  ]
  const closing = 1_000_000 + 15_300 - 15_300 - 2_500 + 14
  const next = bankDay([bankRow({ reference: 'B6', bookedOn: '2026-11-24' })], {
    statementId: 'STMT-2',
    date: '2026-11-24',
    opening: closing,
  })
  const told = Object.entries(FORMATS).flatMap(([format, write]) => {
    const whole = write([bankDay(rows), next])
    const texts = {
      whole,
      'cut in the middle': whole.slice(0, whole.length / 2),
      'one amount changed': whole.replace('15300', '15301'),
    }
    return Object.entries(texts).map(([what, text]) => `# ${format}, ${what}\n${JSON.stringify(read(text), null, 1)}\n`)
  })
  await expect(told.join('\n')).toMatchFileSnapshot('whole-statements.txt')
})

describe.each(['camt.053', 'mt940'] as const)('a statement in %s', (format) => {
  const write = FORMATS[format]

  test('gives each movement with the bank’s reference, its days, its sign and its text', () => {
    const rows = [
      bankRow(),
      bankRow({
        reference: 'BNK0000000000002',
        amount: -15_300,
        remittance: 'RETURN INDOMARET 20261120',
        reversal: true,
      }),
      bankRow({ reference: 'BNK0000000000003', amount: 500, remittance: 'FEE GIVEN BACK', reversal: true }),
      bankRow({ reference: 'BNK0000000000004', amount: -2_500, remittance: 'BANK FEE', valueOn: '2026-11-20' }),
    ]
    expect(creditsOf(write([bankDay(rows)]))).toMatchObject([
      {
        id: 'BNK0000000000001',
        amount: 15_300,
        bookedOn: '2026-11-23',
        valueOn: '2026-11-23',
        remittance: 'INDOMARET 20261120',
        entry: 1,
      },
      { id: 'BNK0000000000002~returned', amount: -15_300, remittance: 'RETURN INDOMARET 20261120', entry: 2 },
      { id: 'BNK0000000000003', amount: 500, entry: 3 },
      { id: 'BNK0000000000004~returned', amount: -2_500, valueOn: '2026-11-20', entry: 4 },
    ])
  })

  test('of several days is read whole; a movement that stands in two of them counts once', () => {
    const days = [
      bankDay([bankRow()]),
      bankDay([bankRow(), bankRow({ reference: 'BNK0000000000009' })], { statementId: 'STMT-2', opening: 5 }),
    ]
    expect(creditsOf(write(days)).map(({ id, statement }) => [id, statement.slice(0, 6)])).toEqual([
      ['BNK0000000000001', 'STMT-1'],
      ['BNK0000000000009', 'STMT-2'],
    ])
    const other = bankDay([bankRow({ amount: 1 })], { statementId: 'STMT-2' })
    expect(codeOf(write([bankDay([bankRow()]), other]))).toBe('CREDIT_CHANGED')
  })

  test('a movement of nothing is no returned one', () => {
    expect(creditsOf(write([bankDay([bankRow({ amount: 0 })])])).map(({ id }) => id)).toEqual(['BNK0000000000001'])
  })

  test('two movements of one statement may share a reference, or have none', () => {
    const same = [bankRow(), bankRow({ amount: 7 })]
    expect(creditsOf(write([bankDay(same)])).map(({ id }) => id)).toEqual(['BNK0000000000001', 'BNK0000000000001~2'])
    const none = creditsOf(write([bankDay([bankRow({ reference: '' }), bankRow({ reference: '' })])]))
    expect(new Set(none.map(({ id }) => id)).size).toBe(2)
    for (const { id } of none) expect(id).toMatch(/^[0-9a-f]{32}$/)
    const again = creditsOf(write([bankDay([bankRow({ reference: '' }), bankRow({ reference: '' })])]))
    expect(again).toEqual(none)
  })

  test('without movements, and of an account that is overdrawn, is a good one', () => {
    expect(creditsOf(write([bankDay([])]))).toEqual([])
    expect(creditsOf(write([bankDay([bankRow()], { opening: -20_000 })]))).toHaveLength(1)
  })

  test.each([
    ['WRONG_ACCOUNT', (text: string) => text.replaceAll(ACCOUNT, '0018877665502')],
    ['WRONG_CURRENCY', (text: string) => text.replaceAll('IDR', 'USD')],
    ['BALANCE_DOES_NOT_FOOT', (text: string) => text.replace(/(?<a>[C>])15300(?<b>[.,])00/, '$<a>15301$<b>00')],
    ['BALANCE_DOES_NOT_FOOT', (text: string) => text.replace(/(?<a>[C>])15300(?<b>[.,])00/, '$<a>15300$<b>50')],
    ['BAD_ENTRY', (text: string) => text.replace(/(?<a>[C>])15300(?<b>[.,])00/, '$<a>15300$<b>505')],
    ['WRONG_CURRENCY', (text: string) => text.replaceAll('IDR', 'KWD').replaceAll(/(?<b>[.,])00\b/g, '$<b>005')],
    ['BALANCE_DOES_NOT_FOOT', (text: string) => text.replace(/:62F:[^\r]*\r\n/, '').replace('CLBD', 'XXXX')],
    ['BALANCE_DOES_NOT_FOOT', (text: string) => text.replace(/:60F:[^\r]*\r\n/, '').replace('OPBD', 'XXXX')],
    [
      'BAD_ENTRY',
      (text: string) =>
        text.replace(':61:261123', ':61:261131').replaceAll('2026-11-23</Dt></BookgDt>', '2026-11-31</Dt></BookgDt>'),
    ],
    [
      'BAD_ENTRY',
      (text: string) =>
        text.replace('1123C15300', '1123X15300').replace('</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>', '</Amt><Sts>'),
    ],
    ['WRONG_ENCODING', (text: string) => Buffer.from(text, 'utf16le')],
    ['EMPTY', () => ' \r\n'],
    ['UNKNOWN_FORMAT', () => 'Tanggal;Keterangan;Jumlah\n'],
    ['TOO_LARGE', (text: string) => Buffer.concat([Buffer.from(text), Buffer.alloc(16 * 1024 * 1024)])],
  ])('is refused as %s', (code, change) => {
    const good = write([bankDay([bankRow()])])
    expect(codeOf(good)).toBe('read')
    expect(codeOf(change(good))).toBe(code)
  })

  test('cut off after any character is refused, or says the same', () => {
    const good = write([bankDay([bankRow(), bankRow({ reference: 'BNK0000000000002' })])])
    const whole = creditsOf(good)
    for (let length = 0; length < good.length; length++) {
      const reading = read(good.slice(0, length))
      if (reading.kind === 'read') expect([length, reading.credits]).toEqual([length, whole])
    }
  })

  test('no bytes make the reader throw, and what it reads leads from balance to balance', () => {
    const good = write([bankDay([bankRow()])])
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.tuple(fc.nat(good.length), fc.string({ maxLength: 12 })).map(([at, text]) => {
        return Buffer.from(good.slice(0, at) + text + good.slice(at + text.length))
      }),
    )
    fc.assert(
      fc.property(bytes, (content) => {
        const reading = read(content)
        if (reading.kind === 'read')
          for (const { amount } of reading.credits) expect(Number.isSafeInteger(amount)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('reads back whatever the bank writes', () => {
    const row = fc.record({
      reference: fc.stringMatching(/^[A-Z0-9]{16}$/),
      bookedOn: fc.constantFrom('2026-11-23', '2026-12-31'),
      valueOn: fc.constantFrom('2026-11-23', '2026-12-30'),
      amount: fc.integer({ min: -5_000_000, max: 90_000_000 }).filter((amount) => amount !== 0),
      remittance: fc.stringMatching(/^[A-Z0-9&<> ]{1,40}$/).map((text) => text.trim().replace(/ +/g, ' ') || 'X'),
      reversal: fc.boolean(),
    })
    const rows = fc.uniqueArray(row, { selector: ({ reference }) => reference, maxLength: 8 })
    fc.assert(
      fc.property(rows, fc.integer({ min: -1e9, max: 1e9 }), (all, opening) => {
        const back = creditsOf(write([bankDay(all, { opening })]))
        expect(
          back.map(({ bookedOn, valueOn, amount, remittance }) => ({ bookedOn, valueOn, amount, remittance })),
        ).toEqual(all.map(({ bookedOn, valueOn, amount, remittance }) => ({ bookedOn, valueOn, amount, remittance })))
      }),
      { numRuns: 80 },
    )
  })
})

describe('camt.053', () => {
  const good = camt053([bankDay([bankRow()])])

  test('with a namespace prefix, comments, CDATA and references reads alike', () => {
    const prefixed = good
      .replace('<Document xmlns=', '<ns2:Document xmlns:ns2=')
      .replaceAll(/<(\/?)(?!\?|ns2|\/)(\w)/g, '<$1ns2:$2')
      .replaceAll(/<\/(?!ns2)/g, '</ns2:')
    expect(creditsOf(prefixed)).toEqual(creditsOf(good))
    const dressed = good
      .replace('<Stmt>', '<!-- today --><Stmt>')
      .replace('INDOMARET 20261120', '<![CDATA[INDOMARET]]> &#50;026&#x31;120 &amp; CO')
    expect(creditsOf(dressed)[0]?.remittance).toBe('INDOMARET 20261120 & CO')
    expect(creditsOf(`\ufeff${good}`)).toEqual(creditsOf(good))
  })

  test.each([
    ['in a comment', (name: string) => `<!-- <Document xmlns="${name}"> --><Document xmlns="urn:somebody-else">`],
    ['in a text', (name: string) => `<Document xmlns="urn:somebody-else"><Note> xmlns="${name}"</Note>`],
    ['in a CDATA section', (name: string) => `<Document xmlns="urn:x"><Note><![CDATA[ xmlns="${name}"]]></Note>`],
    ['of an inner element', (name: string) => `<Document xmlns="urn:x"><Note xmlns="${name}">x</Note>`],
  ])('a namespace %s is none: the file is of another layout', (_, opening) => {
    const [tag = '', name = ''] = /<Document xmlns="([^"]*)"[^>]*>/.exec(good) ?? []
    expect(name).toContain('camt.053')
    expect(codeOf(good.replace(tag, opening(name)))).toBe('LAYOUT_CHANGED')
  })

  test('a structured remittance is read as its reference and each further line', () => {
    const structured =
      '<Strd><CdtrRefInf><Ref>INDOMARET</Ref></CdtrRefInf><AddtlRmtInf>20261120</AddtlRmtInf><AddtlRmtInf>NET</AddtlRmtInf></Strd>'
    const text = camt053([bankDay([bankRow()])]).replace(/<Ustrd>[^<]*<\/Ustrd>/, structured)
    expect(creditsOf(text)).toMatchObject([{ remittance: 'INDOMARET\n20261120\nNET' }])
  })

  test('entries that are not booked are left out, and counted', () => {
    const reading = read(camt053([bankDay([bankRow(), bankRow({ reference: 'LATER', pending: true })])]))
    expect(reading).toMatchObject({ kind: 'read', pending: 1, credits: [{ id: 'BNK0000000000001' }] })
    const three = [bankRow(), bankRow({ reference: 'LATER', pending: true }), bankRow({ reference: 'B3' })]
    expect(read(camt053([bankDay(three)]))).toMatchObject({ pending: 1, pages: [{ pending: 1, movements: 2 }] })
    expect(read(good)).toMatchObject({ pending: 0 })
  })

  test('another currency counts where it is booked, and not where it is not', () => {
    const abroad = (pending: boolean) =>
      camt053([bankDay([bankRow({ amount: 500 }), bankRow({ reference: 'B2', amount: 77, pending })])]).replace(
        'Ccy="IDR">77',
        'Ccy="USD">77',
      )
    expect(abroad(true)).toContain('USD')
    expect(codeOf(abroad(true))).toBe('read')
    expect(codeOf(abroad(false))).toBe('WRONG_CURRENCY')
  })

  test('a batch becomes one movement for each transaction that names its amount', () => {
    const transaction = (amount: number, text: string, reference = '') =>
      `<TxDtls>${reference ? `<Refs><AcctSvcrRef>${reference}</AcctSvcrRef></Refs>` : ''}<Amt Ccy="IDR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><RmtInf><Ustrd>${text}</Ustrd><Ustrd>NET</Ustrd></RmtInf></TxDtls>`
    const batch = (second: number) =>
      good.replace(
        /<TxDtls>.*<\/TxDtls>/,
        transaction(10_000, 'INDOMARET 20261119') + transaction(second, 'POS 20261119', 'OWN-REF'),
      )
    expect(creditsOf(batch(5_300))).toMatchObject([
      { id: 'BNK0000000000001/1', amount: 10_000, remittance: 'INDOMARET 20261119\nNET' },
      { id: 'OWN-REF', amount: 5_300, remittance: 'POS 20261119\nNET' },
    ])
    expect(codeOf(batch(5_301))).toBe('BAD_ENTRY')
  })

  test('an entry’s own number names it only within its statement', () => {
    const numbered = good
      .replace(/<AcctSvcrRef>.*?<\/AcctSvcrRef>/, '')
      .replace(/<NtryRef>.*?<\/NtryRef>/, '<NtryRef>1</NtryRef>')
    expect(creditsOf(numbered)[0]?.id).toBe('STMT-1/1')
  })

  test.each([
    [
      'XML_NOT_PLAIN',
      'a document type',
      good.replace('<Document', '<!DOCTYPE Document SYSTEM "http://example.com/x.dtd"><Document'),
    ],
    [
      'XML_NOT_PLAIN',
      'entities that grow',
      good
        .replace('<Document', '<!DOCTYPE a [<!ENTITY b "cccccccccc"><!ENTITY d "&b;&b;&b;&b;&b;&b;&b;&b;">]><Document')
        .replace('INDOMARET', '&d;'),
    ],
    [
      'XML_NOT_PLAIN',
      'a file of the machine',
      good.replace('<Document', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><Document'),
    ],
    ['XML_NOT_PLAIN', 'an entity that nobody declared', good.replace('INDOMARET', '&nbsp;')],
    ['XML_NOT_PLAIN', 'a processing instruction', good.replace('<Document', '<?xml-stylesheet href="x"?><Document')],
    [
      'LAYOUT_CHANGED',
      'endless depth',
      good.replace('INDOMARET 20261120', `${'<a>'.repeat(5_000)}x${'</a>'.repeat(5_000)}`),
    ],
    ['LAYOUT_CHANGED', 'a name that is no name', good.replaceAll('GrpHdr', '__proto__')],
    ['LAYOUT_CHANGED', 'another version', good.replace('camt.053.001.08', 'camt.053.001.06')],
    ['LAYOUT_CHANGED', 'another message', good.replaceAll('Document', 'Dokumen')],
    ['LAYOUT_CHANGED', 'no statement', good.replace(/<Stmt>[\s\S]*<\/Stmt>/, '')],
    ['WRONG_ENCODING', 'another encoding', good.replace('UTF-8', 'ISO-8859-1')],
  ])('is refused as %s for %s', (code, _, content) => {
    expect(codeOf(content)).toBe(code)
  })
})

describe('a statement made to keep the reader busy', () => {
  test.each([
    ['text marks that never end', 'XML_NOT_PLAIN', `<a>${'<![CDATA['.repeat(1_000_000)}<!b`],
    ['text marks that never end, and nothing else', 'LAYOUT_CHANGED', `<a>${'<![CDATA['.repeat(1_000_000)}`],
    ['entries of nothing, by the hundred thousand', 'LAYOUT_CHANGED', `<a>${'<b/>'.repeat(200_000)}</a>`],
    ['a declaration of blanks', 'LAYOUT_CHANGED', `<?xml ${' '.repeat(4_000_000)}`],
    ['blocks without a text', 'LAYOUT_CHANGED', `{1:${'}{1:'.repeat(1_000_000)}`],
    ['one endless movement', 'BAD_ENTRY', `:20:A\r\n:61:${'1'.repeat(4_000_000)}`],
    ['slashes without end', 'BAD_ENTRY', `:20:A\r\n:61:261123C1,5NTRF${'/'.repeat(4_000_000)}`],
  ])('%s ends at once', (_, code, content) => {
    expect(codeOf(content)).toBe(code)
  })
})

describe('MT940', () => {
  const good = mt940([bankDay([bankRow()])])

  test('in SWIFT blocks, with line feeds alone, and with its bank before the account reads alike', () => {
    const swift = `{1:F01BNINIDJAXXXX0000000000}{2:I940X}{4:\r\n${good.replace('\r\n-\r\n', '\r\n-}\r\n')}`
    expect(creditsOf(swift)).toEqual(creditsOf(good))
    expect(creditsOf(good.replaceAll('\r\n', '\n'))).toEqual(creditsOf(good))
    expect(creditsOf(good.replace(`:25:${ACCOUNT}`, `:25:BNINIDJA/${ACCOUNT}IDR`))).toEqual(creditsOf(good))
  })

  test('keeps the breaks of a text, because some stand for a blank and some for nothing', () => {
    const remittance = `SETTLEMENT OF THE DAY BEFORE YESTERDAY WITHOUT FEES FOR INDOMARET 20261119 AND POS 20261120`
    const [credit] = creditsOf(mt940([bankDay([bankRow({ remittance })])]))
    expect(credit?.remittance).toContain('\n')
    expect(credit?.remittance.replaceAll('\n', '')).toBe(remittance)
  })

  test('an entry date without a year is in the year nearest to the value date', () => {
    const turn = (bookedOn: string, valueOn: string) => creditsOf(mt940([bankDay([bankRow({ bookedOn, valueOn })])]))[0]
    expect(turn('2027-01-02', '2026-12-31')).toMatchObject({ bookedOn: '2027-01-02', valueOn: '2026-12-31' })
    expect(turn('2026-12-31', '2027-01-01')).toMatchObject({ bookedOn: '2026-12-31', valueOn: '2027-01-01' })
    // Half a year apart, either way, to the day.
    expect(turn('2026-07-03', '2026-01-01')).toMatchObject({ bookedOn: '2026-07-03', valueOn: '2026-01-01' })
    expect(turn('2026-01-01', '2026-07-03')).toMatchObject({ bookedOn: '2026-01-01', valueOn: '2026-07-03' })
  })

  test.each([
    ['LAYOUT_CHANGED', 'a tag of another message', good.replace(':28C:', ':77A:')],
    ['LAYOUT_CHANGED', 'a movement before any statement', good.replace(':20:STMT-1\r\n', '')],
    ['BAD_ENTRY', 'a line that cannot be read', good.replace('C15300,00', '15300,00')],
    ['BAD_ENTRY', 'an amount without a comma', good.replace('C15300,00', 'C15300')],
  ])('is refused as %s for %s', (code, _, content) => {
    expect(codeOf(content)).toBe(code)
  })

  test('counts the same movements, amounts and balances as another reader does', async () => {
    const rows = [bankRow(), bankRow({ reference: 'BNK0000000000002', amount: -2_500, remittance: 'BANK FEE' })]
    const content = mt940([bankDay(rows), bankDay(rows, { statementId: 'STMT-2' })])
    const theirs = await mt940Js.read(Buffer.from(content))
    expect(theirs.map(({ transactions }) => transactions.map(({ amount }) => amount))).toEqual([
      [15_300, 2_500],
      [15_300, 2_500],
    ])
    const [first] = theirs
    const sum = creditsOf(mt940([bankDay(rows)])).reduce((total, { amount }) => total + amount, 0)
    expect((first?.closingBalance?.value ?? 0) - (first?.openingBalance?.value ?? 0)).toBe(sum)
  })
})

describe('sen', () => {
  /** Interest of Rp1,234.56 and a balance that has it. */
  const inCamt = camt053([bankDay([bankRow({ amount: 1_234, remittance: 'BUNGA' }), bankRow({ reference: 'B2' })])])
    .replace('>1234.00<', '>1234.56<')
    .replace('>1016534.00<', '>1016534.56<')
  const inMt940 = mt940([bankDay([bankRow({ amount: 1_234, remittance: 'BUNGA' }), bankRow({ reference: 'B2' })])])
    .replace('C1234,00', 'C1234,56')
    .replace('IDR1016534,00', 'IDR1016534,56')
  const outMt940 = mt940([bankDay([bankRow({ amount: -1, remittance: 'PAJAK' })])])
    .replace('D1,00', 'D0,07')
    .replace('IDR999999,00', 'IDR999999,93')

  test.each([
    ['camt.053', inCamt],
    ['MT940', inMt940],
  ])('of interest are kept exactly, and money of channels stays whole: %s', (_, content) => {
    const reading = read(content)
    if (reading.kind === 'refused') throw new Error(reading.refusal.detail)
    expect(reading.credits.map(({ amount, sen }) => [amount, sen])).toEqual([
      [1_234, 56],
      [15_300, 0],
    ])
    expect(reading.pages).toMatchObject([
      {
        opening: { sen: 100_000_000 },
        closing: { sen: 101_653_456 },
        movements: 2,
        isLastPage: content === inCamt ? null : true,
      },
    ])
  })

  test('that leave the account keep their sign, also below one rupiah', () => {
    expect(creditsOf(outMt940)).toMatchObject([{ amount: 0, sen: -7, id: 'BNK0000000000001~returned' }])
  })

  test('that were lost in a balance refuse the statement to the sen', () => {
    const reading = read(inMt940.replace('IDR1016534,56', 'IDR1016534,55'))
    expect(reading).toMatchObject({
      refusal: { code: 'BALANCE_DOES_NOT_FOOT', detail: expect.stringContaining('1016534.56 as added up') },
    })
  })
})

describe('what a page says of its place', () => {
  test('MT940: number, page, balances carried over, and the last page', () => {
    const first = mt940([bankDay([bankRow()])])
      .replace(':28C:00325/001', ':28C:00325/1')
      .replace(':62F:', ':62M:')
    const second = mt940([bankDay([bankRow({ reference: 'B2' })], { opening: 1_015_300 })])
      .replace(':28C:00325/001', ':28C:00325/2')
      .replace(':60F:', ':60M:')
    const reading = read(first + second)
    expect(reading).toMatchObject({
      pages: [
        {
          number: 325,
          page: 1,
          isLastPage: false,
          opening: { sen: 100_000_000, on: '2026-11-23', isIntermediate: false },
          closing: { sen: 101_530_000, isIntermediate: true },
        },
        { number: 325, page: 2, isLastPage: true, opening: { sen: 101_530_000, isIntermediate: true } },
      ],
    })
  })

  test('camt.053: sequence number, page and last page', () => {
    const paged = camt053([bankDay([bankRow()])]).replace(
      '</Id><CreDtTm>',
      '</Id><StmtPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></StmtPgntn><ElctrncSeqNb>325</ElctrncSeqNb><CreDtTm>',
    )
    expect(read(paged)).toMatchObject({ pages: [{ number: 325, page: 2, isLastPage: true }] })
  })
})

describe('what banks really send', () => {
  const good = mt940([bankDay([bankRow()])])
  const line = (text: string) => good.replace(/:61:[^\r]*/, `:61:${text}`)

  test.each([
    ['blanks in place of the entry date', '261123    C15300,00NTRFNONREF//BNK0000000000001'],
    ['no entry date', '261123C15300,00NTRFNONREF//BNK0000000000001'],
    ['a funds code', '2611231123CR15300,00NTRFNONREF//BNK0000000000001'],
    ['a blank after the mark', '2611231123C 15300,00NTRFNONREF//BNK0000000000001'],
    ['a blank after the amount', '2611231123C15300,00 NTRFNONREF//BNK0000000000001'],
    ['no decimals', '2611231123C15300,NTRFNONREF//BNK0000000000001'],
    ['zeros before the amount', '2611231123C000000015300,00NTRFNONREF//BNK0000000000001'],
    ['blanks in the type', '2611231123C15300,00S   NONREF//BNK0000000000001'],
    ['details below the references', '2611231123C15300,00NTRFNONREF//BNK0000000000001\r\n/OCMT/IDR15300,00/'],
  ])('a movement with %s reads alike', (_, text) => {
    const known = creditsOf(good).map(({ code: _code, ...rest }) => rest)
    expect(creditsOf(line(text)).map(({ code: _code, ...rest }) => rest)).toEqual(known)
  })

  test('the type of a movement is the bank’s own word', () => {
    expect(creditsOf(line('2611231123C15300,00NINTNONREF//B1'))[0]?.code).toBe('NINT')
    expect(creditsOf(camt053([bankDay([bankRow()])]))[0]?.code).toBe('NTRF')
  })

  test.each([
    ['blanks after a balance', good.replace(/(:62F:[^\r]*)/, '$1  ')],
    ['an empty line before the statement and within a text', `\r\n${good.replace('INDOMARET', '\r\nINDOMARET')}`],
    ['its texts one by one', good.replace(':86:INDOMARET 20261120', ':86:INDOMARET\r\n:86:20261120')],
    ['a text about the statement at its end', good.replace('\r\n-\r\n', '\r\n:86:SALDO AKHIR POS 20261119\r\n-\r\n')],
    [
      'blocks 1 to 5',
      `{1:F01BNINIDJAXXXX0000000000}{2:O9400000N}{3:{108:X}}{4:\r\n${good.replace('\r\n-\r\n', '\r\n-}{5:{CHK:0}}\r\n')}`,
    ],
    [
      'blocks on lines of their own',
      `{1:F01BNINIDJA}\r\n{2:I940X}\r\n{4:\r\n${good.replace('\r\n-\r\n', '\r\n-}\r\n')}`,
    ],
    ['a brace in a text', good.replace('INDOMARET', 'INDOMARET\r\n{')],
  ])('a statement with %s reads alike', (_, content) => {
    const words = (text: string) =>
      creditsOf(text).map(({ id, amount, remittance }) => [id, amount, remittance.replace(/[\r\n {]+/g, ' ')])
    expect(words(content)).toEqual(words(good))
  })

  test.each([':26:37 WIB', ':20:15', ':12:11', ':59', ':25:00 INDOMARET 20261120'])(
    'a time that was wrapped after its hour is text, though it looks like a tag: %s',
    (rest) => {
      const wrapped = good.replace('INDOMARET 20261120', `INDOMARET 20261120 2026-11-20T16\r\n${rest}`)
      expect(creditsOf(wrapped)[0]?.remittance).toBe(`INDOMARET 20261120 2026-11-20T16\n${rest}`)
    },
  )

  test.each([
    ['a tag of another message in a text', good.replace('INDOMARET 20261120', 'INDOMARET\r\n:77A:X')],
    ['what looks like a time after no hour', good.replace('INDOMARET 20261120', 'INDOMARET\r\n:26:37')],
    ['a block that does not end', `{1:F01BNINIDJA}{2:I940X}{4:\r\n${good.replace('\r\n-\r\n', '\r\n')}`],
    ['a block within a block', `{1:F01X}{4:\r\n${good.replace('\r\n-\r\n', '\r\n{4:\r\n-}\r\n')}`],
  ])('%s refuses the file', (_, content) => {
    expect(codeOf(content)).toBe('LAYOUT_CHANGED')
  })

  test('a movement without a text of its own keeps what stands below its references', () => {
    const bare = line('2611231123C15300,00NTRFNONREF//BNK0000000000001\r\nINDOMARET 20261120').replace(
      /:86:[^\r]*\r\n/,
      '',
    )
    expect(creditsOf(bare)[0]?.remittance).toBe('INDOMARET 20261120')
  })

  test('camt.053.001.02 reads as .08 does', () => {
    const older = camt053([bankDay([bankRow(), bankRow({ reference: 'B2', pending: true })])])
      .replace('camt.053.001.08', 'camt.053.001.02')
      .replaceAll(/<Sts><Cd>(\w+)<\/Cd><\/Sts>/g, '<Sts>$1</Sts>')
    expect(creditsOf(older)).toEqual(creditsOf(camt053([bankDay([bankRow()])])))
    expect(read(older)).toMatchObject({ pending: 1 })
  })
})

describe('another encoding is named as what it is', () => {
  const text = mt940([bankDay([bankRow({ remittance: 'CAFÉ INDOMARET 20261120' })])])
  const withMark = (mark: readonly number[], bytes: Buffer) => Buffer.concat([Buffer.from(mark), bytes])
  test.each([
    ['UTF-16 with its mark', withMark([0xff, 0xfe], Buffer.from(text, 'utf16le')), 'UTF-16'],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le'), 'UTF-16'],
    ['big-endian UTF-16', Buffer.from(text, 'utf16le').swap16(), 'UTF-16'],
    ['Latin-1', Buffer.from(text, 'latin1'), 'Latin-1'],
    ['what a gateway made of Latin-1', Buffer.from(Buffer.from(text, 'latin1').toString('utf8')), 'Latin-1'],
    ['a zero byte', Buffer.from(text.replace('CAF', 'C\0F')), 'zero byte'],
  ])('%s', (_, bytes, named) => {
    expect(codeOf(text)).toBe('read')
    expect(read(bytes)).toMatchObject({ refusal: { code: 'WRONG_ENCODING', detail: expect.stringContaining(named) } })
  })
})
