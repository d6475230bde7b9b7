/** Fields of forms, labelled, with what was expected where something is wrong: in the reader's language, not the browser's. */
import { type ReactNode, useId } from 'react'
import { FieldError, Input, Label, Text, TextField, type ValidationResult } from 'react-aria-components'
import type { Texts } from '../i18n/en.ts'
import { useLanguage } from '../i18n/language.tsx'

export function TextInput({
  label,
  value,
  onChange,
  hint,
  type = 'text',
  required = false,
  inputMode,
  pattern,
  maxLength,
  autoFocus = false,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  readonly type?: 'text' | 'date' | 'time' | 'datetime-local' | 'number' | 'month'
  readonly required?: boolean
  readonly inputMode?: 'numeric'
  readonly pattern?: string
  readonly maxLength?: number
  readonly autoFocus?: boolean
}) {
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      type={type as 'text'}
      isRequired={required}
      autoComplete="off"
      {...(pattern === undefined ? {} : { pattern })}
      {...(maxLength === undefined ? {} : { maxLength })}
      {...(inputMode === undefined ? {} : { inputMode })}
      autoFocus={autoFocus}
    >
      <Label>{label}</Label>
      <FieldBody hint={hint} isOfDigits={inputMode === 'numeric' || pattern?.includes('[0-9]') === true}>
        <Input />
      </FieldBody>
    </TextField>
  )
}

/** What stands below a label. Labels of fields beside each other may differ in lines; what is below them still begins together. */
export function FieldBody({
  hint,
  isOfDigits,
  children,
}: {
  readonly hint: string | undefined
  readonly isOfDigits: boolean
  readonly children: ReactNode
}) {
  const { t } = useLanguage()
  return (
    <div className="field-body">
      {children}
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="form-problem">
        {({ validationDetails }) => wrongText(t.form.wrong, validationDetails, isOfDigits)}
      </FieldError>
    </div>
  )
}

function wrongText(
  texts: Texts['form']['wrong'],
  { valueMissing, patternMismatch }: ValidationResult['validationDetails'],
  isOfDigits: boolean,
): string {
  if (valueMissing) return texts.missing
  if (patternMismatch) return isOfDigits ? texts.digits : texts.form
  return texts.unreadable
}

/** The browser's own list: it is at home on a phone, and the keyboard knows it. */
export function Choice({
  label,
  value,
  options,
  onChange,
  hint,
}: {
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [string, string])[]
  readonly onChange: (value: string) => void
  readonly hint?: string
}) {
  const id = useId()
  const hintId = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-body">
        <select
          id={id}
          value={value}
          aria-describedby={hint === undefined ? undefined : hintId}
          onChange={(event) => onChange(event.target.value)}
        >
          {options.map(([key, text]) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </select>
        {hint !== undefined && (
          <span id={hintId} className="hint">
            {hint}
          </span>
        )}
      </div>
    </div>
  )
}
