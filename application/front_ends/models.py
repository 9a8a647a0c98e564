"""Use cases for front ends: finding, describing, validating and pricing models."""

from attrs import frozen

from application.catalog.browse_models import BrowseModels
from application.catalog.describe_model import DescribeModel
from application.catalog.find_models import FindModels
from application.catalog.model_notices import ModelNotices
from application.catalog.name_model import NameModel
from application.catalog.validate_input import ValidateInput
from application.pricing.quote_price import PersonPrice


@frozen(kw_only=True)
class ModelUseCases:
    """Finding, describing, validating and pricing models."""

    find: FindModels
    name: NameModel
    browse: BrowseModels
    describe: DescribeModel
    notices: ModelNotices
    validate: ValidateInput
    price: PersonPrice
