/** When everything in the tests happens. */
export const NOON = new Date('2026-11-24T12:00:00.000Z')
