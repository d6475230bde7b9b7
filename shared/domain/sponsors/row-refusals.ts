/**
 * Why a row of a sponsor's list was refused, in order of precedence: the first that applies is reported, with its reason in the
 * language of whoever sent the list. Codes are stable: programs and the sponsors' own sheets go by them.
 */
import type { Language } from '../notice-preferences.ts'

type Reasons = Readonly<Record<Language, string>>

export const ROW_REFUSALS = {
  MERGED_CELLS: {
    en: 'this row has merged cells; unmerge them and fill in every cell',
    id: 'baris ini memuat sel gabungan; pisahkan dan isi setiap sel',
  },
  FORMULA: {
    en: 'this row has a formula; paste its values',
    id: 'baris ini memuat rumus; tempel sebagai nilai',
  },
  DATE_CELL: {
    en: 'this row has a cell that is kept as a date; format the columns as text',
    id: 'baris ini memuat sel berformat tanggal; ubah kolom menjadi teks',
  },
  NIK_AS_NUMBER: {
    en: 'nik: is kept as a number, so its last digits are lost; format the column as text and enter it again',
    id: 'nik: tersimpan sebagai angka sehingga digit terakhir hilang; ubah kolom menjadi teks dan isi ulang',
  },
  CELL_TOO_LONG: { en: 'a cell of this row is too long', id: 'isi salah satu sel pada baris ini terlalu panjang' },
  SHIFTED_COLUMNS: {
    en: 'the columns of this row are shifted: expected one cell for each column of the header',
    id: 'kolom pada baris ini bergeser: harus ada satu sel untuk setiap kolom judul',
  },
  BAD_NIK: {
    en: 'nik: expected 16 digits with a known province and a serial from 0001',
    id: 'nik: harus 16 digit dengan kode provinsi yang dikenal dan nomor urut mulai 0001',
  },
  IMPOSSIBLE_DATE: {
    en: 'nik: the date of birth in it does not exist',
    id: 'nik: tanggal lahir di dalamnya tidak ada',
  },
  AGE_OUTSIDE: {
    en: 'the person is too young or too old to be registered',
    id: 'usia peserta di luar batas pendaftaran',
  },
  BAD_NAME: {
    en: 'name: expected 1 to 100 letters, spaces and the signs of a name, a letter first',
    id: 'nama: harus 1 sampai 100 huruf, spasi dan tanda nama, diawali huruf',
  },
  BAD_REGION: {
    en: 'region_code: expected a code such as 35.78.01.1001 in a known province',
    id: 'kode wilayah: harus seperti 35.78.01.1001 di provinsi yang dikenal',
  },
  REGION_OUTSIDE: {
    en: 'region_code: lies outside the region of this sponsor',
    id: 'kode wilayah: di luar wilayah pemberi iuran ini',
  },
  WAGE_EARNER: {
    en: 'the person earns a wage: the employer registers them',
    id: 'orang ini penerima upah: didaftarkan oleh pemberi kerjanya',
  },
  BAD_SECTOR: {
    en: 'sector: expected nothing, or transport, farming, fishery, trade, services, other',
    id: 'sektor: kosong, atau transport, farming, fishery, trade, services, other',
  },
  BAD_INCOME: {
    en: 'income: expected nothing, or whole rupiah per month, digits only',
    id: 'penghasilan: kosong, atau rupiah bulat per bulan, hanya angka',
  },
  BAD_PHONE: {
    en: 'phone: expected nothing, or 8 to 15 digits starting 0, 62 or +',
    id: 'telepon: kosong, atau 8 sampai 15 digit diawali 0, 62 atau +',
  },
  DUPLICATE_IN_LIST: {
    en: 'this NIK stands in an earlier row of the list',
    id: 'NIK ini sudah ada pada baris sebelumnya',
  },
  DECEASED_OR_CLOSED: {
    en: 'the membership of this person was closed',
    id: 'kepesertaan orang ini sudah ditutup',
  },
  ALREADY_COVERED: {
    en: 'this sponsor has paid a month of the program for this person already',
    id: 'pemberi iuran ini sudah membayar salah satu bulan program untuk orang ini',
  },
} as const satisfies Readonly<Record<string, Reasons>>

export type RowRefusalCode = keyof typeof ROW_REFUSALS
export const ROW_REFUSAL_CODES = Object.keys(ROW_REFUSALS) as readonly RowRefusalCode[]

export function reasonOf(code: RowRefusalCode, language: Language): string {
  return ROW_REFUSALS[code][language]
}
