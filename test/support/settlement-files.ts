/** The partners' and the bank's side of settlement is written once: the demo's partners and the tests send the same files. */
export * from '../../local/partner-simulator/settlement-files.ts'
