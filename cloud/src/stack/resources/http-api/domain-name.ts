import { inert, required, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

/** CloudFormation, "AWS::ApiGatewayV2::DomainName". The front door stands for every domain. */
export const httpDomainName = apiElement({
  type: 'AWS::ApiGatewayV2::DomainName',
  properties: {
    DomainName: required(text),
    DomainNameConfigurations: inert,
    MutualTlsAuthentication: inert,
    RoutingMode: inert,
    Tags: inert,
  },
  attributes: ['DomainNameArn', 'RegionalDomainName', 'RegionalHostedZoneId'],
  id: (wanted) => wanted.DomainName,
  attributesOf: (id, { environment }) => ({
    DomainNameArn: `arn:aws:apigateway:${environment.region}::/domainnames/${id}`,
    RegionalDomainName: `d-local.execute-api.${environment.region}.amazonaws.com`,
    RegionalHostedZoneId: 'Z00000000000000000000',
  }),
  fixed: ['DomainName'],
})
