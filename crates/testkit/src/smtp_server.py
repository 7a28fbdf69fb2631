"""A mail server for tests: what it does with a mail is said by the name before the @ of its recipient.

smtp_server.py FOLDER [CERTIFICATE KEY]: mails are put into FOLDER, one file each. The port is said in the first line.
With a certificate it offers STARTTLS, and asks for it and for the password of user `cadran`.
"""

import asyncio
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

FOLDER = sys.argv[1]
ANSWERS = {
    "nobody": ("RCPT", "550 5.1.1 no such user"),
    "busy": ("RCPT", "451 4.3.0 try again later"),
    "spam": ("DATA", "554 5.7.1 this is spam"),
    "full": ("DATA", "452 4.2.2 no room"),
    "lost": ("DATA", None),
}


class Handler:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        when, answer = ANSWERS.get(address.split("@")[0], (None, None))
        if when == "RCPT":
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        when, answer = ANSWERS.get(envelope.rcpt_tos[0].split("@")[0], (None, "250 OK"))
        if answer is None or answer.startswith("250"):
            Handler.count += 1
            path = os.path.join(FOLDER, f"{Handler.count:04}.eml")
            with open(path + ".part", "wb") as file:
                file.write(envelope.original_content)
            os.rename(path + ".part", path)
        if answer is None:
            server.transport.abort()
            return "250 nobody hears this"
        return answer


def authenticate(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"cadran", b"s/cret")
    return AuthResult(success=right, handled=False)


def protocol():
    options = {}
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
        options = dict(tls_context=context, require_starttls=True, auth_required=True, authenticator=authenticate)
    return SMTP(Handler(), enable_SMTPUTF8=True, hostname="mail.localhost", **options)


async def main():
    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    # The test that started this holds the other end: when it is gone, so is this.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(main())
