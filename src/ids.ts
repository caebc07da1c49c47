/** Ids that sort by the time at which they were made. */
import { v7 } from 'uuid'

let sequence = 0

/** A UUID of version 7 for an instant (milliseconds since the epoch); of one process, later ones of one instant sort later. */
export const createId = (msecs: number): string => v7({ msecs, seq: sequence++ % 0x8000_0000 })
