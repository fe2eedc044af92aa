"""Signs a user up, in, on and out through boto3; prints one JSON object of what it saw.

Arguments: endpoint, pool id, client id, client secret. Reads the sign-up's code from standard input.
"""

import base64
import hashlib
import hmac
import json
import sys

import boto3
from botocore.exceptions import ClientError

endpoint, pool_id, client_id, secret = sys.argv[1:5]
cognito = boto3.client(
    "cognito-idp",
    endpoint_url=endpoint,
    region_name="us-east-1",
    aws_access_key_id="local",
    aws_secret_access_key="local",
)
password = "Correct-horse-7"


def secret_hash(name):
    digest = hmac.new(secret.encode(), (name + client_id).encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def refusal(call):
    try:
        call()
    except ClientError as error:
        return "%s: %s" % (error.response["Error"]["Code"], error.response["Error"]["Message"])
    return "no error"


def sign_in(name="carla", **parameters):
    return cognito.initiate_auth(
        ClientId=client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": name, "PASSWORD": password, "SECRET_HASH": secret_hash(name), **parameters},
    )


seen = {}
signed_up = cognito.sign_up(
    ClientId=client_id,
    SecretHash=secret_hash("carla"),
    Username="carla",
    Password=password,
    UserAttributes=[{"Name": "email", "Value": "carla@example.com"}],
)
seen["delivery"] = signed_up["CodeDeliveryDetails"]
seen["unconfirmed"] = refusal(sign_in)
print("code, please", flush=True)
code = sys.stdin.readline().strip()
cognito.confirm_sign_up(
    ClientId=client_id, SecretHash=secret_hash("carla"), Username="carla", ConfirmationCode=code
)
seen["weak"] = refusal(
    lambda: cognito.sign_up(
        ClientId=client_id, SecretHash=secret_hash("dora"), Username="dora", Password="short"
    )
)
seen["no_hash"] = refusal(
    lambda: cognito.initiate_auth(
        ClientId=client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "carla", "PASSWORD": password},
    )
)
tokens = sign_in()["AuthenticationResult"]
seen["expires_in"] = tokens["ExpiresIn"]
user = cognito.get_user(AccessToken=tokens["AccessToken"])
seen["attributes"] = {each["Name"]: each["Value"] for each in user["UserAttributes"]}
refreshed = cognito.initiate_auth(
    ClientId=client_id,
    AuthFlow="REFRESH_TOKEN_AUTH",
    AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"], "SECRET_HASH": secret_hash(user["Username"])},
)["AuthenticationResult"]
seen["refreshed"] = sorted(refreshed)
for number in range(70):
    cognito.admin_create_user(UserPoolId=pool_id, Username="user-%02d" % number, MessageAction="SUPPRESS")
pages = cognito.get_paginator("list_users").paginate(UserPoolId=pool_id)
names = [each["Username"] for page in pages for each in page["Users"]]
seen["listed"] = len(names)
found = cognito.list_users(UserPoolId=pool_id, Filter='email ^= "carla@"')["Users"]
seen["found"] = [each["Username"] for each in found]
seen["created"] = type(found[0]["UserCreateDate"]).__name__
cognito.global_sign_out(AccessToken=tokens["AccessToken"])
seen["signed_out"] = refusal(lambda: cognito.get_user(AccessToken=refreshed["AccessToken"]))
print(json.dumps(seen))
