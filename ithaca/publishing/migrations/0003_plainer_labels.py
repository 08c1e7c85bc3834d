"""Name the pieces of prose in plainer words. Only what Django knows of them changes, nothing in the database."""

import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0002_our_home'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='homepage',
                    name='body',
                    field=wagtail.fields.StreamField([('heading', 0), ('paragraph', 1), ('inset', 2), ('steps', 6), ('roles', 7), ('details', 10), ('quote', 13)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'icon': 'title', 'label': 'Heading', 'template': 'publishing/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Text'}), 2: ('wagtail.blocks.TextBlock', (), {'icon': 'info-circle', 'label': 'Note', 'template': 'publishing/blocks/inset.html'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'What happens'}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'In a sentence or two', 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('heading', 3), ('text', 4)]], {}), 6: ('wagtail.blocks.ListBlock', (5,), {'icon': 'list-ol', 'label': 'Steps', 'template': 'publishing/blocks/steps.html'}), 7: ('ithaca.publishing.blocks.RolesBlock', (), {}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Text to select to open it'}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Text inside'}), 10: ('wagtail.blocks.StructBlock', [[('summary', 8), ('text', 9)]], {}), 11: ('wagtail.blocks.TextBlock', (), {'label': 'Quotation text'}), 12: ('wagtail.blocks.CharBlock', (), {'label': 'Who said it', 'required': False}), 13: ('wagtail.blocks.StructBlock', [[('text', 11), ('who', 12)]], {})}),
                ),
                migrations.AlterField(
                    model_name='homepage',
                    name='opening',
                    field=models.CharField(blank=True, max_length=300, verbose_name='opening text'),
                ),
                migrations.AlterField(
                    model_name='prosepage',
                    name='body',
                    field=wagtail.fields.StreamField([('heading', 0), ('paragraph', 1), ('inset', 2), ('steps', 6), ('roles', 7), ('details', 10), ('quote', 13)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'icon': 'title', 'label': 'Heading', 'template': 'publishing/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Text'}), 2: ('wagtail.blocks.TextBlock', (), {'icon': 'info-circle', 'label': 'Note', 'template': 'publishing/blocks/inset.html'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'What happens'}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'In a sentence or two', 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('heading', 3), ('text', 4)]], {}), 6: ('wagtail.blocks.ListBlock', (5,), {'icon': 'list-ol', 'label': 'Steps', 'template': 'publishing/blocks/steps.html'}), 7: ('ithaca.publishing.blocks.RolesBlock', (), {}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Text to select to open it'}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Text inside'}), 10: ('wagtail.blocks.StructBlock', [[('summary', 8), ('text', 9)]], {}), 11: ('wagtail.blocks.TextBlock', (), {'label': 'Quotation text'}), 12: ('wagtail.blocks.CharBlock', (), {'label': 'Who said it', 'required': False}), 13: ('wagtail.blocks.StructBlock', [[('text', 11), ('who', 12)]], {})}),
                ),
                migrations.AlterField(
                    model_name='schemepage',
                    name='body',
                    field=wagtail.fields.StreamField([('heading', 0), ('paragraph', 1), ('inset', 2), ('steps', 6), ('roles', 7), ('details', 10), ('quote', 13)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'icon': 'title', 'label': 'Heading', 'template': 'publishing/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Text'}), 2: ('wagtail.blocks.TextBlock', (), {'icon': 'info-circle', 'label': 'Note', 'template': 'publishing/blocks/inset.html'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'What happens'}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'In a sentence or two', 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('heading', 3), ('text', 4)]], {}), 6: ('wagtail.blocks.ListBlock', (5,), {'icon': 'list-ol', 'label': 'Steps', 'template': 'publishing/blocks/steps.html'}), 7: ('ithaca.publishing.blocks.RolesBlock', (), {}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Text to select to open it'}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Text inside'}), 10: ('wagtail.blocks.StructBlock', [[('summary', 8), ('text', 9)]], {}), 11: ('wagtail.blocks.TextBlock', (), {'label': 'Quotation text'}), 12: ('wagtail.blocks.CharBlock', (), {'label': 'Who said it', 'required': False}), 13: ('wagtail.blocks.StructBlock', [[('text', 11), ('who', 12)]], {})}),
                ),
                migrations.AlterField(
                    model_name='schemespage',
                    name='body',
                    field=wagtail.fields.StreamField([('heading', 0), ('paragraph', 1), ('inset', 2), ('steps', 6), ('roles', 7), ('details', 10), ('quote', 13)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'icon': 'title', 'label': 'Heading', 'template': 'publishing/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Text'}), 2: ('wagtail.blocks.TextBlock', (), {'icon': 'info-circle', 'label': 'Note', 'template': 'publishing/blocks/inset.html'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'What happens'}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'In a sentence or two', 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('heading', 3), ('text', 4)]], {}), 6: ('wagtail.blocks.ListBlock', (5,), {'icon': 'list-ol', 'label': 'Steps', 'template': 'publishing/blocks/steps.html'}), 7: ('ithaca.publishing.blocks.RolesBlock', (), {}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Text to select to open it'}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Text inside'}), 10: ('wagtail.blocks.StructBlock', [[('summary', 8), ('text', 9)]], {}), 11: ('wagtail.blocks.TextBlock', (), {'label': 'Quotation text'}), 12: ('wagtail.blocks.CharBlock', (), {'label': 'Who said it', 'required': False}), 13: ('wagtail.blocks.StructBlock', [[('text', 11), ('who', 12)]], {})}),
                ),
            ]
        ),
    ]
