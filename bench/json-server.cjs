// json-server over the same verdicts: by the id of a record, or by a query for service and layer.
const jsonServer = require('json-server')

const app = jsonServer.create()
// What its command line sets up, but for the log.
app.use(jsonServer.defaults({ logger: false }))
app.use(jsonServer.router(JSON.parse(require('node:fs').readFileSync(process.env.DATA, 'utf8'))))
app.listen(Number(process.env.PORT))
