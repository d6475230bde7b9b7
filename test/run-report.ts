/**
 * The closing lines of `npm test`, from vitest's JSON report.
 *
 * Whatever ends the run with an error counts as failed, so that the last line never says `0 failed` over an exit code of 1:
 * a failed test, a suite that could not start (or whose set-up failed), a failed check, an error outside of every test.
 */

/** The part of vitest's JSON report that is read here; one entry of `testResults` is one test file. */
export type RunReport = {
  readonly numPassedTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

export type RunEnd = {
  /** Vitest's exit code. */
  readonly status: number
  readonly failedChecks: readonly string[]
}

export type Closing = { readonly lines: readonly string[]; readonly exitCode: 0 | 1 }

/** `report` is undefined when vitest ended before it wrote one. */
export function closingOf(report: RunReport | undefined, { status, failedChecks }: RunEnd): Closing {
  const suites = report?.testResults ?? []
  const failedTests = suites.flatMap((suite) => suite.assertionResults.filter(isFailed)).length
  const failedSuites = suites.filter(isFailed)
  const notRun = failedSuites.filter((suite) => !suite.assertionResults.some(isFailed)).length
  const counted = failedTests + notRun + failedChecks.length
  const passed = report?.numPassedTests ?? 0
  // No test at all, or an error that vitest saw outside of the suites.
  const other = counted === 0 && (status !== 0 || passed === 0) ? 1 : 0
  return {
    lines: [
      ...failedChecks.map((name) => `The check of ${name} failed; see above.`),
      ...(report === undefined ? ['The tests ended before they wrote their report; see above.'] : []),
      ...(other === 1 && report !== undefined ? ['The run failed outside of every test; see above.'] : []),
      ...(failedSuites.length === 0 ? [] : [suitesLine(failedSuites.length, suites.length, notRun)]),
      `${passed} passed, ${counted + other} failed`,
    ],
    exitCode: counted + other === 0 ? 0 : 1,
  }
}

function suitesLine(failed: number, all: number, notRun: number): string {
  const detail = notRun === 0 ? '' : `, ${notRun} of them could not start; each counts as one failure`
  return `${failed} of ${all} suites failed${detail}`
}

function isFailed({ status }: { readonly status: string }): boolean {
  return status === 'failed'
}
