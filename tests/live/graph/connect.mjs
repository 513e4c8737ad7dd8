// A proxy that knows CONNECT, and refuses it once told to by a file.
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';

const [ready, log, no] = process.argv.slice(2);
const server = http.createServer((req, res) => {
	res.writeHead(405);
	res.end();
});
server.on('connect', (req, socket) => {
	appendFileSync(log, `${req.url}\n`);
	socket.on('error', () => {});
	if (existsSync(no)) {
		socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
		return;
	}
	const [host, port] = req.url.split(':');
	const out = net.connect(+port, host, () => {
		socket.write('HTTP/1.1 200 Connected\r\n\r\n');
		out.pipe(socket).pipe(out);
	});
	out.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', () =>
	writeFileSync(ready, `http://127.0.0.1:${server.address().port}\n`));
