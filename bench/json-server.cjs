// json-server over the same verdicts, found by id as its users would.
const jsonServer = require('json-server')

const app = jsonServer.create()
app.use(jsonServer.router(JSON.parse(require('node:fs').readFileSync(process.env.DATA, 'utf8'))))
app.listen(Number(process.env.PORT))
