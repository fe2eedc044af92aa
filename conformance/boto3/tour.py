"""What a Python program does with the cloud, by the environment variables of the README alone; prints what it saw."""

import io
import json
import time

import boto3
from botocore.exceptions import ClientError


def refusal(call):
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "no error"


def dynamodb():
    resource = boto3.resource("dynamodb")
    table = resource.create_table(
        TableName="notes",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "n", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": "id", "AttributeType": "S"},
            {"AttributeName": "n", "AttributeType": "N"},
        ],
    )
    table.wait_until_exists()
    with table.batch_writer() as batch:
        for n in range(60):
            batch.put_item(Item={"id": "a", "n": n, "text": "ünï", "blob": b"\x00\xff", "set": {1, 2}})
    found = table.query(
        KeyConditionExpression=boto3.dynamodb.conditions.Key("id").eq("a")
        & boto3.dynamodb.conditions.Key("n").between(10, 19)
    )
    pages = boto3.client("dynamodb").get_paginator("scan").paginate(TableName="notes", PaginationConfig={"PageSize": 25})
    refused = refusal(
        lambda: table.put_item(
            Item={"id": "a", "n": 1}, ConditionExpression=boto3.dynamodb.conditions.Attr("id").not_exists()
        )
    )
    return {
        "queried": [int(item["n"]) for item in found["Items"]],
        "blob": list(found["Items"][0]["blob"].value),
        "set": sorted(int(each) for each in found["Items"][0]["set"]),
        "pages": [page["Count"] for page in pages],
        "refused": refused,
    }


def cloudformation():
    client = boto3.client("cloudformation")
    template = {
        "Resources": {
            "Greet": {
                "Type": "AWS::Lambda::Function",
                "Properties": {
                    "FunctionName": "greet",
                    "Runtime": "nodejs22.x",
                    "Handler": "index.handler",
                    "Role": "arn:aws:iam::000000000000:role/test",
                    "Code": {"ZipFile": "exports.handler = async (e) => { console.log('greeting', e.name); return 'Hello ' + e.name }"},
                },
            },
            "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "jobs"}},
        },
        "Outputs": {"Url": {"Value": {"Ref": "Queue"}}},
    }
    client.create_stack(StackName="tour", TemplateBody=json.dumps(template))
    client.get_waiter("stack_create_complete").wait(StackName="tour")
    stack = client.describe_stacks(StackName="tour")["Stacks"][0]
    return {
        "status": stack["StackStatus"],
        "refused": refusal(lambda: client.create_stack(StackName="tour", TemplateBody=json.dumps(template))),
    }


def functions():
    answer = boto3.client("lambda").invoke(FunctionName="greet", Payload=json.dumps({"name": "Ann"}), LogType="Tail")
    logs = boto3.client("logs")
    for _ in range(100):
        try:
            events = logs.filter_log_events(logGroupName="/aws/lambda/greet", filterPattern="greeting")["events"]
            if events:
                break
        except logs.exceptions.ResourceNotFoundException:
            pass
        time.sleep(0.05)
    return {
        "answer": json.loads(answer["Payload"].read()),
        "logged": events[0]["message"].split("\t")[-1].strip(),
        "refused": refusal(lambda: boto3.client("lambda").invoke(FunctionName="nobody", Payload=io.BytesIO(b"{}"))),
    }


def queues():
    queue = boto3.resource("sqs").get_queue_by_name(QueueName="jobs")
    queue.send_message(MessageBody="first", MessageAttributes={"kind": {"StringValue": "x", "DataType": "String"}})
    messages = queue.receive_messages(WaitTimeSeconds=5, MessageAttributeNames=["All"])
    for message in messages:
        message.delete()
    return {
        "bodies": [message.body for message in messages],
        "kind": messages[0].message_attributes["kind"]["StringValue"],
        "refused": refusal(lambda: boto3.resource("sqs").get_queue_by_name(QueueName="none")),
    }


print(
    json.dumps(
        {
            "account": boto3.client("sts").get_caller_identity()["Account"],
            "dynamodb": dynamodb(),
            "cloudformation": cloudformation(),
            "lambda": functions(),
            "sqs": queues(),
        }
    )
)
