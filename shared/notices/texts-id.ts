/** The notices in Indonesian. What a text may say and what its places mean: texts.ts. */
import type { NoticeTexts } from './texts.ts'

export const INDONESIAN: NoticeTexts = {
  subject: {
    receipt: 'Iuran BPJS Ketenagakerjaan Anda sudah diterima',
    'before-due': 'Iuran BPJS Ketenagakerjaan Anda segera jatuh tempo',
    due: 'Iuran BPJS Ketenagakerjaan Anda jatuh tempo',
    grace: 'Perlindungan BPJS Ketenagakerjaan Anda terhenti',
    'sponsor-stopping': 'Iuran yang ditanggung untuk Anda akan berakhir',
    'last-week': 'Kepesertaan BPJS Ketenagakerjaan Anda akan nonaktif',
    lapsed: 'Kepesertaan BPJS Ketenagakerjaan Anda nonaktif',
    'lapsed-sponsored': 'Kepesertaan BPJS Ketenagakerjaan Anda nonaktif',
    'active-again': 'Kepesertaan BPJS Ketenagakerjaan Anda aktif kembali',
  },
  text: {
    receipt: ({ nik, paidThrough }) =>
      `BPJS Ketenagakerjaan: terima kasih, iuran NIK ${nik} sudah kami terima. Lunas sampai ${paidThrough}.`,
    'before-due': ({ nik, months, amount, dueOn }) =>
      `BPJS Ketenagakerjaan: iuran ${months} untuk NIK ${nik} sebesar ${amount} jatuh tempo ${dueOn}.`,
    due: ({ nik, months, amount, dueOn }) =>
      `BPJS Ketenagakerjaan: iuran ${months} untuk NIK ${nik} sebesar ${amount} jatuh tempo ${dueOn} dan belum kami terima.`,
    grace: ({ nik, months, amount, since }) =>
      `BPJS Ketenagakerjaan: NIK ${nik} tidak terlindungi sejak ${since} karena iuran belum dibayar. Bayar ${amount} (${months}) agar terlindungi lagi.`,
    'sponsor-stopping': ({ nik, paidThrough }) =>
      `BPJS Ketenagakerjaan: iuran NIK ${nik} ditanggung pihak lain sampai ${paidThrough}. Agar tetap terlindungi setelahnya, daftar sebagai peserta mandiri di kantor BPJS Ketenagakerjaan, lalu bayar dengan NIK di Kantor Pos, BRILink, Agen46 BNI, Indomaret, atau Alfamart.`,
    'last-week': ({ nik, months, amount, lapsesOn }) =>
      `BPJS Ketenagakerjaan: kepesertaan NIK ${nik} akan nonaktif ${lapsesOn}. Bayar iuran ${months}, ${amount}, sebelum tanggal itu.`,
    lapsed: ({ nik, months, amount, lapsesOn }) =>
      `BPJS Ketenagakerjaan: kepesertaan NIK ${nik} nonaktif sejak ${lapsesOn}. Bayar ${amount} (${months}) untuk aktif kembali; bulan yang lewat tidak ditagih.`,
    'lapsed-sponsored': ({ nik, lapsesOn }) =>
      `BPJS Ketenagakerjaan: kepesertaan NIK ${nik} nonaktif sejak ${lapsesOn}. Untuk aktif kembali, daftar sebagai peserta mandiri di kantor BPJS Ketenagakerjaan, lalu bayar dengan NIK di Kantor Pos, BRILink, Agen46 BNI, Indomaret, atau Alfamart.`,
    'active-again': ({ nik, paidThrough }) =>
      `BPJS Ketenagakerjaan: terima kasih, kepesertaan NIK ${nik} aktif kembali. Anda terlindungi sampai akhir ${paidThrough}.`,
  },
  howToPay: 'Cukup sebut NIK di Kantor Pos, Agen BRILink, Agen46 BNI, Indomaret, atau Alfamart.',
  counters: [
    'Kantor Pos dan agen Pos: sebutkan NIK di loket',
    'Agen BRILink (BRI): sebutkan NIK kepada agen',
    'Agen46 (BNI): sebutkan NIK kepada agen',
    'Indomaret: sebutkan NIK kepada kasir',
    'Alfamart: sebutkan NIK kepada kasir',
  ],
  greeting: 'Bapak/Ibu peserta,',
  closing: 'Bila iuran sudah dibayar, abaikan pesan ini. Terima kasih.',
  monthNames: [
    'Januari',
    'Februari',
    'Maret',
    'April',
    'Mei',
    'Juni',
    'Juli',
    'Agustus',
    'September',
    'Oktober',
    'November',
    'Desember',
  ],
  thousands: '.',
}
