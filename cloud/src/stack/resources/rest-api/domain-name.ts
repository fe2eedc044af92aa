import { inert, required, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

/** CloudFormation, "AWS::ApiGateway::DomainName". The front door stands for every domain. */
export const restDomainName = apiElement({
  type: 'AWS::ApiGateway::DomainName',
  properties: {
    CertificateArn: inert,
    DomainName: required(text),
    EndpointAccessMode: inert,
    EndpointConfiguration: inert,
    MutualTlsAuthentication: inert,
    OwnershipVerificationCertificateArn: inert,
    RegionalCertificateArn: inert,
    RoutingMode: inert,
    SecurityPolicy: inert,
    Tags: inert,
  },
  attributes: [
    'DistributionDomainName',
    'DistributionHostedZoneId',
    'DomainNameArn',
    'RegionalDomainName',
    'RegionalHostedZoneId',
  ],
  id: (wanted) => wanted.DomainName,
  attributesOf: (id, { environment }) => ({
    DistributionDomainName: 'local.cloudfront.net',
    DistributionHostedZoneId: 'Z00000000000000000000',
    DomainNameArn: `arn:aws:apigateway:${environment.region}::/domainnames/${id}`,
    RegionalDomainName: `d-local.execute-api.${environment.region}.amazonaws.com`,
    RegionalHostedZoneId: 'Z00000000000000000000',
  }),
  fixed: ['DomainName'],
})
