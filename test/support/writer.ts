/** A process to be killed: commits as fast as it can to the database in its argument, and prints what was acknowledged. */
import { writeSync } from 'node:fs'
import { openStore } from '../../db/open.js'
import { changeOf, model } from './changes.js'

const store = await openStore(process.argv[2] ?? '')
for (let base = await store.revision(); ; base++) {
  const mark = String(base + 1)
  const revision = await store.commit(changeOf(base, model('iaas', mark), model('paas', mark), model('saas', mark)))
  writeSync(1, `${revision}\n`)
}
